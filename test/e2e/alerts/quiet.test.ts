import { failures } from '@pgattest/monitoring';
import { expect, test } from 'vitest';
import { useHaLab } from '../ha/ha-lab.ts';
import { describePanelResult, readPanels } from './panels.ts';
import { quietScenarios } from './quiet-scenarios.ts';
import { listLoud, runAlertScenario } from './run-scenario.ts';
import { isLeftOver, isStandingFinding } from './standing.ts';

// A lease that outlives the stalls of a busy machine: nothing here is about a failover.
const ha = useHaLab('quiet', { durability: 'oltp', failsafe: true, backup: true }, { ttl: 30 });
/** Longer than the `for` of every critical alert but those of backups, and an audit has ended. */
const quietMs = 120_000;

test('the healthy lab alerts of nothing but what its auditor finds in every lab', async () => {
  await ha().untilHealthy();
  expect(await listLoud(ha(), isStandingFinding, quietMs)).toEqual([]);
});

test('in the healthy lab every query of every panel has data, or its panel says why not', async () => {
  expect(failures(await readPanels(ha(), ['before-postgresql-17'])).map(describePanelResult)).toEqual([]);
});

test.each(quietScenarios.map((scenario) => [scenario.name, scenario] as const))(
  '%s: exactly its alerts arrive, and are resolved',
  async (_, scenario) => {
    expect(await runAlertScenario(ha(), scenario, isLeftOver)).toEqual([]);
  },
);
