import { describe, expect, test } from 'vitest';
import { hbaFact } from './hba.fixture.ts';
import { databasesFact, role, rolesFact } from './roles.fixture.ts';
import { seenAt, settingsFact } from './settings.fixture.ts';
import { pgHbaNoTrust } from './postgres/pg-hba-no-trust.ts';

const good = hbaFact('hostssl shop app 10.0.0.0/24 scram-sha-256');
const bad = hbaFact('host all all 0.0.0.0/0 trust');

const judge = (hba: typeof good) =>
  pgHbaNoTrust.evaluate(
    {
      'pg.hba': hba,
      'pg.settings': settingsFact({ unix_socket_permissions: '0700' }),
      'pg.roles': rolesFact([role('app')]),
      'pg.databases': databasesFact(['shop']),
    },
    pgHbaNoTrust.params,
    seenAt,
  );

describe('rules on file that the server may not run on', () => {
  test('a file that is newer than the last reload proves nothing good', () => {
    const verdict = judge({ ...good, changedSinceReload: true });
    expect(verdict.outcome).toBe('undecided');
    expect(verdict.reason.en).toBe(
      'no rule on file is at fault, but the file was changed after the last reload, so the server may run on others; reload it',
    );
  });

  test('a line that does not parse keeps the old rules in force, whatever the others say', () => {
    const verdict = judge({ ...good, errors: [{ file: null, line: 9, message: 'invalid' }] });
    expect(verdict.outcome).toBe('undecided');
    expect(verdict.reason.en).toContain('does not parse');
  });

  test('a rule on file that is at fault fails all the same', () => {
    expect(judge({ ...bad, changedSinceReload: true }).outcome).toBe('fail');
  });

  test('loaded rules pass', () => {
    expect(judge(good).outcome).toBe('pass');
  });
});
