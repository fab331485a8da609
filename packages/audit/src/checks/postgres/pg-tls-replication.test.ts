import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { receiverFact, senderFact, serverFact } from '../server.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgTlsReplication } from './pg-tls-replication.ts';

const judge = (senders: FactMap['pg.replication'], receiver: FactMap['pg.wal-receiver'] = null) =>
  pgTlsReplication.evaluate(
    {
      'pg.server': serverFact({ inRecovery: receiver !== null }),
      'pg.replication': senders,
      'pg.wal-receiver': receiver,
    },
    {},
    seenAt,
  );

test('hardened: a primary that sends encrypted', () => {
  const verdict = judge([senderFact()]);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['encryption of outgoing WAL=pg-test-2|t|f']);
});

test('weak: WAL in clear text', () => {
  const verdict = judge([senderFact({ tls: false })]);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.zh).toBe('经核查，发往 pg-test-2 的 WAL 未加密');
});

test.each([
  ['verify-full', 'pass'],
  ['verify-ca', 'pass'],
  ['require', 'warn'],
  ['prefer', 'warn'],
  ['', 'warn'],
  ['disable', 'fail'],
])('a standby with sslmode %j: %s', (sslMode, outcome) => {
  const verdict = judge([], receiverFact({ sslMode }));
  expect(verdict.outcome).toBe(outcome);
  expect(evidenceLines(verdict)).toEqual([`sslmode=${sslMode}`]);
});

test('GSSAPI encryption is encryption', () => {
  expect(judge([senderFact({ tls: false, gssEncrypted: true })]).outcome).toBe('pass');
});

test('a cascading standby is judged on both sides', () => {
  expect(judge([senderFact({ tls: false })], receiverFact()).outcome).toBe('fail');
  expect(judge([senderFact()], receiverFact()).outcome).toBe('pass');
});

test('a Unix socket has no network to protect', () => {
  expect(judge([senderFact({ tls: false, clientAddress: null })]).outcome).toBe('not_applicable');
  expect(judge([], receiverFact({ senderHost: '/run/postgresql', sslMode: 'prefer' })).outcome).toBe('not_applicable');
});

test('without any replication it does not apply', () => {
  expect(judge([]).outcome).toBe('not_applicable');
});
