import { expect, test } from 'vitest';
import { useHaLab } from '../ha/ha-lab.ts';
import { listLoud, runAlertScenario } from './run-scenario.ts';
import { oltpScenarios } from './scenarios.ts';
import { isLeftOver, isStandingFinding } from './standing.ts';

// A lease of ten seconds: with five, a machine that stalls has a failover of its own.
const ha = useHaLab('alerts', { durability: 'oltp', failsafe: true, backup: true }, { ttl: 10 });
/** Longer than the `for` of every critical alert but those of backups, and an audit has ended. */
const quietMs = 120_000;

test('the healthy lab alerts of nothing but what its auditor finds in every lab', async () => {
  await ha().untilHealthy();
  expect(await listLoud(ha(), isStandingFinding, quietMs)).toEqual([]);
});

test.each(oltpScenarios.map((scenario) => [scenario.name, scenario] as const))(
  '%s: exactly its alerts arrive, and are resolved',
  async (_, scenario) => {
    expect(await runAlertScenario(ha(), scenario, isLeftOver)).toEqual([]);
  },
);
