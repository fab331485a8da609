import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgAlterSystemUnused as check } from './pg-alter-system-unused.ts';

const judge = (names: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
  check.evaluate({ 'pg.auto-settings': names, 'pg.settings': settingsFact(settings) }, check.params, seenAt);

test.each([
  [[], 'pass'],
  [['primary_conninfo'], 'pass'],
  [['work_mem'], 'warn'],
  [['ssl', 'work_mem'], 'fail'],
  [['log_connections'], 'fail'],
])('%j: %s', (names, outcome) => {
  expect(judge(names).outcome).toBe(outcome);
});

test('names are printed, and the switch of version 17 where there is one', () => {
  expect(evidenceLines(judge(['ssl', 'work_mem'], { allow_alter_system: 'on' }))).toEqual([
    'settings in postgresql.auto.conf=ssl\nwork_mem',
    'allow_alter_system=on',
  ]);
});
