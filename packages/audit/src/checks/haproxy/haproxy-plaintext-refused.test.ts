import { expect, test } from 'vitest';
import { loginCases, loginFact } from '../login.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { haproxyPlaintextRefused as check } from './haproxy-plaintext-refused.ts';

const service = { name: 'primary', role: 'primary', host: '10.0.0.2', port: 5433 } as const;
const judge = (login: ReturnType<typeof loginFact> | null, problem: string | null = null) =>
  check.evaluate({ 'haproxy.login-attempts': [{ service, login, problem }] }, check.params, seenAt);

test.each(loginCases)('%s', (_, fact, _stranger, expected) => {
  expect(judge(fact).outcome).toBe(expected);
});

test('a service is named with its own address', () => {
  expect(judge(loginFact()).outcome).toBe('pass');
  const open = judge(loginFact({ first: 'open' }, { first: 'open' }));
  expect(open.outcome).toBe('fail');
  expect(open.reason.en).toMatch(/^primary: /u);
  expect(evidenceLines(open)[0]).toMatch(/^primary: /u);
  expect(open.evidence[0]?.shell).toContain('-h 10.0.0.2 -p 5433');
});

test('a service that did not answer is not fine, and without services there is nothing to try', () => {
  expect(judge(null, 'connection refused').outcome).toBe('undecided');
  expect(check.evaluate({ 'haproxy.login-attempts': [] }, check.params, seenAt).outcome).toBe('not_applicable');
});
