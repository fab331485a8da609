import { expect, test } from 'vitest';
import { infosOf, stanzaOf } from '../backup.fixture.ts';
import { ok, seenAt } from '../settings.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { backupRepositoryShared } from './backup-repository-shared.ts';

test.each<readonly [string, string, ReturnType<typeof infosOf>]>([
  ['hardened', 'pass', infosOf(stanzaOf(), stanzaOf())],
  ['weak: a replica sees nothing', 'fail', infosOf(stanzaOf(), stanzaOf({ backups: [] }))],
  ['a replica has no pgBackRest', 'fail', infosOf(stanzaOf(), 'there is no program pgbackrest')],
  ['no backups at all', 'fail', infosOf('there is no program pgbackrest')],
])('%s: %s', (_, outcome, given) => {
  const verdict = backupRepositoryShared.evaluate(
    { 'node.pgbackrest-info': given, 'pg.server': new Map() },
    backupRepositoryShared.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});

test('a host that has no server needs no backups: pass', () => {
  const given = infosOf(stanzaOf(), stanzaOf(), 'there is no program pgbackrest');
  const servers = new Map([
    ['pg-test-1', ok(serverFact())],
    ['pg-test-2', ok(serverFact())],
  ]);
  const verdict = backupRepositoryShared.evaluate(
    { 'node.pgbackrest-info': given, 'pg.server': servers },
    backupRepositoryShared.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('pass');
});
