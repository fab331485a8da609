import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { clusterDcsSettingsKept } from './cluster-dcs-settings-kept.ts';

type Settings = ReturnType<typeof settingsFact>;
const judge = (parameters: Readonly<Record<string, string | number>>, ...members: readonly (Settings | undefined)[]) =>
  clusterDcsSettingsKept.evaluate(
    {
      'patroni.config': perMember('.patroni', { postgresql: { parameters } }),
      'pg.settings': perMember('', ...members),
    },
    {},
    seenAt,
  );
const wanted = { log_statement: 'ddl', work_mem: '64MB' };
const visible = (
  values: Readonly<Record<string, string>>,
  ...rest: Parameters<typeof settingsFact> extends [unknown, ...infer R] ? R : never
) => settingsFact({ shared_preload_libraries: '', ...values }, ...rest);
const well = visible({ log_statement: 'ddl', work_mem: '64MB' });

test.each([
  ['hardened', 'pass', [well, well]],
  ['weak: a member’s own value', 'warn', [well, settingsFact({ log_statement: 'ddl', work_mem: '1GB' })]],
  ['weak: a security setting of its own', 'fail', [well, settingsFact({ log_statement: 'none', work_mem: '64MB' })]],
  [
    'what waits for a restart is judged elsewhere',
    'pass',
    [visible({ log_statement: 'ddl', work_mem: '1GB' }, { work_mem: { pendingRestart: true } })],
  ],
  [
    'the session’s own value says nothing',
    'pass',
    [visible({ log_statement: 'none', work_mem: '64MB' }, { log_statement: { source: 'client' } })],
  ],
  ['settings that are hidden from the role', 'undecided', [settingsFact({ log_statement: 'ddl', work_mem: '64MB' })]],
  ['a member out of sight', 'undecided', [well, undefined]],
] as const)('%s: %s', (_, outcome, members) => {
  expect(judge(wanted, ...members).outcome).toBe(outcome);
});

test('nothing in the store', () => {
  expect(judge({}, well).outcome).toBe('not_applicable');
});

test('both values are evidence', () => {
  expect(evidenceLines(judge(wanted, settingsFact({ log_statement: 'none', work_mem: '64MB' })))).toEqual([
    'pg-test-1.patroni parameter log_statement="ddl"',
    'pg-test-1 log_statement=none',
  ]);
});

test('what the server does not know is named, and a name in another case is the same', () => {
  const verdict = judge(
    { timezone: 'UTC', 'cron.x': '1' },
    settingsFact({ shared_preload_libraries: '', TimeZone: 'UTC' }),
  );
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.en).toBe(
    '1 parameters of the store run on 1 members as they are written; unknown to the servers: cron.x',
  );
});
