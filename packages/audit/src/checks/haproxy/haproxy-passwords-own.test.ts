import { expect, test } from 'vitest';
import { configFact, globalText } from '../haproxy.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { haproxyPasswordsOwn } from './haproxy-passwords-own.ts';

const info = { version: '2.6.12', startedAtSeconds: 1, uptimeSeconds: 1, mostConnections: 1, currentConnections: 1 };
type Login = NonNullable<ReturnType<typeof configFact>['files'][number]>['logins'][number];
const judge = (...logins: readonly Login[]) =>
  haproxyPasswordsOwn.evaluate(
    { 'haproxy.info': info, 'node.haproxy-config': configFact(globalText, { logins }) },
    {},
    seenAt,
  );
const admin: Login = { line: 9, kind: 'stats auth', user: 'admin', published: null };

test('passwords of one’s own pass, and so does a configuration without any', () => {
  expect(judge(admin).outcome).toBe('pass');
  expect(evidenceLines(judge(admin))).toEqual(['logins of /etc/haproxy/haproxy.cfg=stats auth admin:***']);
  expect(judge().outcome).toBe('pass');
});

test('a published password fails by name, clear text in a userlist is a warning', () => {
  const verdict = judge({ ...admin, published: 'pigsty haproxy_admin_password' }, admin);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('the password of admin (line 9) is a published one (pigsty haproxy_admin_password)');
  expect(judge({ ...admin, kind: 'insecure-password' }).outcome).toBe('warn');
});

test('without a file it is undecided', () => {
  const facts = { 'haproxy.info': info, 'node.haproxy-config': null };
  expect(haproxyPasswordsOwn.evaluate(facts, {}, seenAt).outcome).toBe('undecided');
});
