import { expect, test } from 'vitest';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { haproxyStatsLogin } from './haproxy-stats-login.ts';

type Exposure = Parameters<typeof haproxyStatsLogin.evaluate>[0]['haproxy.exposure'];
const judge = (changes: Partial<Exposure>) =>
  haproxyStatsLogin.evaluate(
    {
      'haproxy.exposure': {
        isTls: true,
        isLoopback: false,
        page: { status: 401, isOpen: false },
        canChange: false,
        metrics: { status: 401, isOpen: false },
        ...changes,
      },
    },
    {},
    seenAt,
  );

test('a page that refuses strangers over TLS passes', () => {
  const verdict = judge({});
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['/ without a login, TLS=401', '/metrics without a login, TLS=401']);
});

test.each([
  [{ page: { status: 200, isOpen: true } }, 'fail', 'opens without a login'],
  [{ page: { status: 200, isOpen: true }, canChange: true }, 'fail', 'anybody may change'],
  [{ metrics: { status: 200, isOpen: true } }, 'warn', 'metrics are open'],
  [{ isTls: false }, 'warn', 'without TLS'],
] as const)('%j: %s', (changes, outcome, reason) => {
  const verdict = judge(changes);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.reason.en).toContain(reason);
});

test('clear text that stays on the machine is none', () => {
  expect(judge({ isTls: false, isLoopback: true }).outcome).toBe('pass');
});
