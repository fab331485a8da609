import { expect, test } from 'vitest';
import { membersFact, primaryOf, standby } from '../cluster.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { clusterLogSettingsIdentical } from './cluster-log-settings-identical.ts';

/** What a role with pg_read_all_settings sees. */
const visible = (...[values, overrides]: Parameters<typeof settingsFact>) =>
  settingsFact({ shared_preload_libraries: '', ...values }, overrides);

const judge = (...members: readonly ReturnType<typeof settingsFact>[]) =>
  clusterLogSettingsIdentical.evaluate(
    membersFact(...members.map((settings, index) => ({ ...(index === 0 ? primaryOf('b') : standby('b')), settings }))),
    clusterLogSettingsIdentical.params,
    seenAt,
  );

test('hardened: equal settings are listed for every member, others are left out', () => {
  const verdict = judge(
    visible({ log_statement: 'ddl', work_mem: '4096' }),
    visible({ log_statement: 'ddl', work_mem: '8192' }),
  );
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 compared settings=log_statement|ddl\nshared_preload_libraries|',
    'pg-test-2 compared settings=log_statement|ddl\nshared_preload_libraries|',
  ]);
});

test('weak: a difference is shown with the value of each member', () => {
  const verdict = judge(visible({ log_statement: 'ddl' }), visible({ log_statement: 'none' }));
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['pg-test-1 log_statement=ddl', 'pg-test-2 log_statement=none']);
});

test('a setting that one member does not know is a difference', () => {
  expect(judge(visible({ log_statement: 'ddl' }), visible({})).outcome).toBe('fail');
});

test('what is overridden for the audit role cannot be compared, and is not passed over in silence', () => {
  const own = visible({ log_statement: 'ddl' }, { log_statement: { source: 'user' } });
  const verdict = judge(own, own);
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toContain('log_statement is overridden for the audit role');
});

test('one member has no one to compare with', () => {
  expect(judge(visible({ log_statement: 'ddl' })).outcome).toBe('not_applicable');
});

test('a role that sees only some settings decides nothing by what it sees', () => {
  const blind = settingsFact({ log_statement: 'ddl' });
  expect(judge(blind, blind).outcome).toBe('undecided');
  expect(judge(visible({ log_statement: 'ddl', log_directory: 'log' }), blind).outcome).toBe('undecided');
  expect(judge(blind, settingsFact({ log_statement: 'other' })).outcome).toBe('fail');
});
