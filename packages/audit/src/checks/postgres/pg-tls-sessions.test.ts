import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgTlsSessions } from './pg-tls-sessions.ts';

type Sessions = FactMap['pg.tls-sessions'];
const session = (changes: Partial<Sessions[number]>): Sessions[number] => ({
  user: 'app',
  clientAddress: '10.0.0.5',
  privileged: false,
  tls: true,
  gssEncrypted: false,
  protocol: 'TLSv1.3',
  count: 1,
  ...changes,
});
const judge = (sessions: Sessions, confidentialRoles: readonly string[] = []) =>
  pgTlsSessions.evaluate(
    { 'pg.tls-sessions': sessions, 'pg.server': serverFact() },
    { localNetworks: ['127.0.0.0/8', '::1/128'], confidentialRoles },
    seenAt,
  );

test('hardened: every remote session is encrypted, by TLS or by GSSAPI', () => {
  const verdict = judge([session({ count: 3 }), session({ tls: false, gssEncrypted: true, protocol: null })]);
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.zh).toBe('经核查，来自其他主机的 4 个会话均已加密，符合要求');
  expect(evidenceLines(verdict)).toEqual(['sessions in clear text=0']);
});

test('weak: an ordinary role in clear text is a warning that names it', () => {
  const verdict = judge([session({}), session({ user: 'old', tls: false, protocol: null, count: 2 })]);
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toBe('sessions from other machines in clear text: 2 (old@10.0.0.5)');
  expect(evidenceLines(verdict)).toEqual([
    'sessions in clear text=2',
    'roles and addresses in clear text=old|10.0.0.5',
  ]);
});

test('a privileged or confidential role in clear text fails', () => {
  expect(judge([session({ tls: false, privileged: true })]).outcome).toBe('fail');
  expect(judge([session({ tls: false, user: 'patients' })], ['patients']).outcome).toBe('fail');
});

test('sessions on the machine itself are not judged', () => {
  const verdict = judge([
    session({ tls: false, clientAddress: '127.0.0.1' }),
    session({ tls: false, clientAddress: '::1' }),
  ]);
  expect(verdict.outcome).toBe('not_applicable');
});

test('an address we cannot read counts as remote', () => {
  expect(judge([session({ tls: false, clientAddress: 'weird' })]).outcome).toBe('warn');
});

test('the printed statement quotes the networks and asks no view that version 11 lacks', () => {
  const verdict = pgTlsSessions.evaluate(
    { 'pg.tls-sessions': [session({})], 'pg.server': serverFact({ versionNum: 110022 }) },
    { localNetworks: ['10.0.0.0/8'], confidentialRoles: [] },
    seenAt,
  );
  expect(verdict.evidence[0]?.sql).toContain("NOT a.client_addr <<= '10.0.0.0/8'");
  expect(verdict.evidence[0]?.sql).not.toContain('gssapi');
});
