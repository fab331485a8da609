import { expect, test } from 'vitest';
import { configFact, hbaFileFact, iniFact, userlistFact } from '../pgbouncer.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgbouncerFilesProtected } from './pgbouncer-files-protected.ts';

const ini = '[pgbouncer]\nauth_type = hba\n';
const judge = (iniMode: string | undefined, listMode = '0600', hbaMode = '0600', text = ini) =>
  pgbouncerFilesProtected.evaluate(
    {
      'pgbouncer.config': configFact(),
      'node.pgbouncer-ini': iniMode === undefined ? null : iniFact(text, iniMode),
      'node.pgbouncer-userlist': userlistFact({ app: 'scram-sha-256' }, { mode: listMode }),
      'node.pgbouncer-hba': hbaFileFact('', hbaMode),
    },
    {},
    seenAt,
  );

test.each([
  ['0640', '0600', '0600', 'pass'],
  ['0644', '0600', '0600', 'warn'],
  ['0666', '0600', '0600', 'fail'],
  ['0640', '0644', '0600', 'fail'],
  ['0640', '0600', '0660', 'warn'],
  ['0640', '0600', '0666', 'fail'],
  [undefined, '0600', '0600', 'undecided'],
])('ini %s, userlist %s, rules %s: %s', (iniMode, list, hba, outcome) => {
  expect(judge(iniMode, list, hba).outcome).toBe(outcome);
});

test('a password in pgbouncer.ini makes reading it a failure', () => {
  expect(judge('0644', '0600', '0600', '[databases]\na = host=b password=c\n').outcome).toBe('fail');
  expect(evidenceLines(judge('0640'))[0]).toBe('mode of /etc/pgbouncer/pgbouncer.ini=640 postgres postgres');
});
