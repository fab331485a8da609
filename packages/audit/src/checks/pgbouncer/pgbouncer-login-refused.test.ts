import { expect, test } from 'vitest';
import { loginCases, loginFact } from '../login.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgbouncerLoginRefused as check } from './pgbouncer-login-refused.ts';

const judge = (fact: ReturnType<typeof loginFact>) =>
  check.evaluate({ 'pgbouncer.login-attempts': fact }, check.params, seenAt);

test.each(loginCases)('%s', (_, fact, expected, _unencrypted) => {
  expect(judge(fact).outcome).toBe(expected);
});

test('what a reader prints again is the answer at this port', () => {
  expect(judge(loginFact()).outcome).toBe('pass');
  expect(evidenceLines(judge(loginFact()))[0]).toMatch(/=refused$/u);
  const open = judge(loginFact({ first: 'open' }, { first: 'open' }));
  expect(open.outcome).toBe('fail');
  expect(evidenceLines(open)[0]).toMatch(/=(let in|asked)$/u);
  expect(open.evidence[0]?.shell).toContain('-h {host} -p {port}');
});
