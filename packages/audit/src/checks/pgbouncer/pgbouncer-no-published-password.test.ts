import { expect, test } from 'vitest';
import { configFact, userlistFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerNoPublishedPassword } from './pgbouncer-no-published-password.ts';

const judge = (list: ReturnType<typeof userlistFact> | null) =>
  pgbouncerNoPublishedPassword.evaluate(
    { 'pgbouncer.config': configFact(), 'node.pgbouncer-userlist': list },
    {},
    seenAt,
  );

test('passwords of one’s own pass, a published one fails by its name', () => {
  expect(judge(userlistFact({ a: 'scram-sha-256' })).outcome).toBe('pass');
  const verdict = judge(userlistFact({ dba: 'md5', b: 'plain' }, { published: { dba: 'pigsty pg_admin_password' } }));
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('published passwords: dba (pigsty pg_admin_password)');
  expect(judge(null).outcome).toBe('not_applicable');
});
