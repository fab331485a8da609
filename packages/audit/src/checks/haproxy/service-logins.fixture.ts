import { expect, test } from 'vitest';
import type { LoginFact } from '../../login-fact.ts';
import { loginCases, loginFact } from '../login.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import type { haproxyLoginRefused } from './haproxy-login-refused.ts';
import type { haproxyPlaintextRefused } from './haproxy-plaintext-refused.ts';

const service = { name: 'primary', role: 'primary', host: '10.0.0.2', port: 5433 } as const;

type ServiceCheck = typeof haproxyLoginRefused | typeof haproxyPlaintextRefused;

/** Judges one login through the service, or the problem that there was none. */
export const judgeService = (check: ServiceCheck, login: LoginFact | null, problem: string | null = null) =>
  check.evaluate({ 'haproxy.login-attempts': [{ service, login, problem }] }, check.params, seenAt);

/** What holds for each check that logs in through the services of a proxy; `refuses` says who it must turn away. */
export function testServiceLogins(check: ServiceCheck, refuses: 'strangers' | 'plaintext'): void {
  test.each(loginCases)('%s', (_, fact, strangers, plaintext) => {
    expect(judgeService(check, fact).outcome).toBe(refuses === 'strangers' ? strangers : plaintext);
  });

  test('a service is named with its own address', () => {
    expect(judgeService(check, loginFact()).outcome).toBe('pass');
    const open = judgeService(check, loginFact({ first: 'open' }, { first: 'open' }));
    expect(open.outcome).toBe('fail');
    expect(open.reason.en).toMatch(/^primary: /u);
    expect(evidenceLines(open)[0]).toMatch(/^primary: /u);
    expect(open.evidence[0]?.shell).toContain('-h 10.0.0.2 -p 5433');
  });

  test('a service that did not answer is not fine, and without services there is nothing to try', () => {
    expect(judgeService(check, null, 'connection refused').outcome).toBe('undecided');
    expect(check.evaluate({ 'haproxy.login-attempts': [] }, check.params, seenAt).outcome).toBe('not_applicable');
  });
}
