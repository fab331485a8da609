import { expect, test } from 'vitest';
import { configFact, globalText, healthyConfig, healthyStats } from '../haproxy.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { haproxyListenersDeclared } from './haproxy-listeners-declared.ts';

const judge = (text: string) =>
  haproxyListenersDeclared.evaluate(
    { 'haproxy.stats': healthyStats, 'node.haproxy-config': configFact(globalText + text) },
    haproxyListenersDeclared.params,
    seenAt,
  );

test('the four services pass', () => {
  const facts = { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig };
  const verdict = haproxyListenersDeclared.evaluate(facts, haproxyListenersDeclared.params, seenAt);
  expect(verdict.outcome).toBe('pass');
  expect(verdict.evidence.map(({ actual }) => actual)).toContain('bind 10.0.0.10:5433');
});

test.each([
  ['listen x\n bind 10.0.0.10:6000\n', 'fail'],
  ['frontend x\n bind 10.0.0.10:5433,10.0.0.10:6000\n', 'fail'],
  ['listen admin\n bind *:9101\n', 'warn'],
  ['listen offline\n bind :5438\n', 'warn'],
  ['listen primary\n bind *:5433\n', 'pass'],
  ['listen local\n bind unix@/run/x.sock\n', 'pass'],
])('%j: %s', (text, outcome) => {
  expect(judge(text).outcome).toBe(outcome);
});
