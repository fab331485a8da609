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
import { haproxySessionsCut } from './haproxy-sessions-cut.ts';

const judge = (text: string, stats = statsFact({}, services.slice(0, 1))) =>
  haproxySessionsCut.evaluate(
    { 'haproxy.stats': stats, 'node.haproxy-config': configFact(globalText + text) },
    {},
    seenAt,
  );

test('the healthy configuration passes', () => {
  const facts = { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig };
  expect(haproxySessionsCut.evaluate(facts, {}, seenAt).outcome).toBe('pass');
});

test('a service for writes that keeps sessions fails and names the servers', () => {
  const verdict = judge(serviceText('pg-test-primary', 5433, '/primary', { defaults: 'inter 2s' }));
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain('pg-test-1, pg-test-2');
});

test('one server that overrides it fails, a service that only reads does not matter', () => {
  const extra = '  server x 10.0.0.9:6432 check port 8008 on-marked-down none\n';
  expect(judge(serviceText('pg-test-primary', 5433, '/primary', { extra })).reason.en).toContain('sessions to x ');
  const readOnly = statsFact({}, services.slice(1, 2));
  expect(judge(serviceText('pg-test-replica', 5434, '/replica', { defaults: '' }), readOnly).outcome).toBe(
    'not_applicable',
  );
});
