import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { poll, useHaLab } from '../ha/ha-lab.ts';
import type { Arrival } from './notifications.ts';
import { describePanelResult, readPanels, wrongIn } from './panels.ts';
import { runAlertScenario } from './run-scenario.ts';
import { writeSiteRules } from './site-rules.ts';
import { madeSituations, withSituations } from './situations.ts';
import { isLeftOver } from './standing.ts';
import { backupAgeSeconds, backupLate, standbyScenarios } from './strict-scenarios.ts';

const directory = mkdtempSync(join(tmpdir(), 'pgattest-alerts-site-'));
const rules = join(directory, 'rules');

// Before the hook that starts the lab: in the order they stand here.
beforeAll(async () => {
  await writeSiteRules(directory, `dialect: vmalert\nthresholds: { backup_age: ${backupAgeSeconds}s }\n`);
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const ha = useHaLab(
  'strict',
  { durability: 'crit', nodes: 2, arbiter: true, failsafe: true, backup: true },
  { ttl: 30 },
  { rulesDirectory: rules },
);

/** Backups grow old while the others run: that is a scenario of its own. */
const isLeftOverOrLate = (arrival: Arrival): boolean => isLeftOver(arrival) || arrival.name === 'BackupLate';

test.each(standbyScenarios.map((scenario) => [scenario.name, scenario] as const))(
  '%s: exactly its alerts arrive, and are resolved',
  async (_, scenario) => {
    expect(await runAlertScenario(ha(), scenario, isLeftOverOrLate)).toEqual([]);
  },
);

test('panels of what a site can add have data when it does', async () => {
  // Not private: PostgreSQL's account works in it.
  const work = mkdtempSync(join(tmpdir(), 'pgattest-alerts-work-'));
  chmodSync(work, 0o755);
  try {
    await withSituations(ha(), work, async () => {
      let wrong: readonly string[] = [];
      await poll(
        'every panel of these situations has data',
        async () => {
          wrong = wrongIn(await readPanels(ha(), madeSituations), madeSituations).map(describePanelResult);
          return wrong.length === 0 ? undefined : wrong.join('\n');
        },
        90_000,
      );
      expect(wrong).toEqual([]);
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

test('backup late: exactly its alerts arrive, and are resolved', async () => {
  expect(await runAlertScenario(ha(), backupLate, isLeftOver)).toEqual([]);
});
