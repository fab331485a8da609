import { expect, test } from 'vitest';
import { senderFact } from '../server.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgReplicationRoleLimited } from './pg-replication-role-limited.ts';

const judge = (...changes: readonly Parameters<typeof senderFact>[0][]) =>
  pgReplicationRoleLimited.evaluate({ 'pg.replication': changes.map((item) => senderFact(item)) }, {}, seenAt);

test('hardened: one role for all standbys is listed once', () => {
  const verdict = judge({}, { applicationName: 'pg-test-3' });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)[0]).toMatch(/=replicator\|f\|f\|f\|f\|f$/u);
});

test('weak: a superuser replicates', () => {
  const verdict = judge({}, { user: 'postgres', superuser: true });
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.zh).toBe('经核查，复制使用了超级用户 postgres');
});

test.each([{ createRole: true }, { createDb: true }, { bypassRls: true }, { writesTables: true }])(
  'rights beyond replication (%o) are a warning',
  (changes) => {
    expect(judge(changes).outcome).toBe('warn');
  },
);

test('where nobody replicates it does not apply', () => {
  expect(judge().outcome).toBe('not_applicable');
});
