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
import { haproxyDetectionTime } from './haproxy-detection-time.ts';

const judge = (defaults: string) =>
  haproxyDetectionTime.evaluate(
    {
      'haproxy.stats': statsFact({}, services.slice(0, 1)),
      'node.haproxy-config': configFact(globalText + serviceText('pg-test-primary', 5433, '/primary', { defaults })),
    },
    haproxyDetectionTime.params,
    seenAt,
  );

test('the timing of plan norm passes: 2 + 2·1 + 3·3 s', () => {
  const verdict = haproxyDetectionTime.evaluate(
    { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig },
    haproxyDetectionTime.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.en).toContain('pg-test-primary notices within 13 s of 45 s');
});

test.each([
  ['inter 2s fastinter 1s downinter 2s rise 3 fall 3', 'pass'],
  // As the seeds write it: 3 + 2·1 + 3·3 s.
  ['inter 3s fastinter 1s downinter 5s rise 3 fall 3', 'pass'],
  // HAProxy's own: 2 + 2·2 + 3·3 s.
  ['weight 100', 'pass'],
  ['inter 10s fall 3', 'warn'],
  ['inter 20s fall 3', 'fail'],
  ['downinter 60s', 'fail'],
])('%s: %s', (defaults, outcome) => {
  expect(judge(defaults).outcome).toBe(outcome);
});

test('a service that is not on disk fails', () => {
  const facts = { 'haproxy.stats': healthyStats, 'node.haproxy-config': configFact(globalText) };
  expect(haproxyDetectionTime.evaluate(facts, haproxyDetectionTime.params, seenAt).outcome).toBe('fail');
});
