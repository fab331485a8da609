import { expect, test } from 'vitest';
import {
  configFact,
  globalText,
  healthyConfig,
  healthyStats,
  services,
  serviceText,
  statsFact,
} from '../haproxy.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { haproxyTimeoutsAndLimits } from './haproxy-timeouts-and-limits.ts';

const service = serviceText('pg-test-primary', 5433, '/primary');
const judge = (text: string) =>
  haproxyTimeoutsAndLimits.evaluate(
    { 'haproxy.stats': statsFact({}, services.slice(0, 1)), 'node.haproxy-config': configFact(text) },
    haproxyTimeoutsAndLimits.params,
    seenAt,
  );

test('the healthy configuration passes', () => {
  const facts = { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig };
  expect(haproxyTimeoutsAndLimits.evaluate(facts, haproxyTimeoutsAndLimits.params, seenAt).outcome).toBe('pass');
});

test.each([
  ['no timeout for clients', globalText.replace('  timeout client 24h\n', '') + service, 'fail'],
  ['no limit', globalText.replace('  maxconn 2000\n', '') + service, 'warn'],
  [
    'days of idleness',
    globalText.replace('client 24h', 'client 7d').replace('  option clitcpka\n', '') + service,
    'warn',
  ],
  ['days of idleness with keepalive', globalText.replace('client 24h', 'client 7d') + service, 'pass'],
])('%s: %s', (_what, text, outcome) => {
  expect(judge(text).outcome).toBe(outcome);
});
