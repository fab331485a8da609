import { scenarios } from '@pgattest/monitoring';
import { expect, test } from 'vitest';
import { failoverScenarios } from '../e2e/alerts/failover-scenarios.ts';
import { quietScenarios } from '../e2e/alerts/quiet-scenarios.ts';
import { madeSituations } from '../e2e/alerts/situations.ts';
import { backupLate, standbyScenarios } from '../e2e/alerts/strict-scenarios.ts';

test('every situation that a panel is declared for is made in the lab', () => {
  const all = [...quietScenarios, ...failoverScenarios, ...standbyScenarios, backupLate];
  const made = new Set([...all.flatMap(({ situations = [] }) => situations), ...madeSituations, 'alert-firing']);
  expect([...made].toSorted()).toEqual(scenarios.filter((one) => one !== 'healthy').toSorted());
});
