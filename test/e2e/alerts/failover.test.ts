import { expect, test } from 'vitest';
import { useHaLab } from '../ha/ha-lab.ts';
import { failoverScenarios } from './failover-scenarios.ts';
import { runAlertScenario } from './run-scenario.ts';
import { isLeftOver } from './standing.ts';

// A lease of ten seconds: with five, a machine that stalls has a failover of its own.
const ha = useHaLab('failover', { durability: 'oltp', failsafe: true, backup: true }, { ttl: 10 });

test.each(failoverScenarios.map((scenario) => [scenario.name, scenario] as const))(
  '%s: exactly its alerts arrive, and are resolved',
  async (_, scenario) => {
    expect(await runAlertScenario(ha(), scenario, isLeftOver)).toEqual([]);
  },
);
