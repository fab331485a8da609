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
import { haproxyReplicaLagLimit } from './haproxy-replica-lag-limit.ts';

const judge = (text: string, declared = services) =>
  haproxyReplicaLagLimit.evaluate(
    { 'haproxy.stats': statsFact({}, declared), 'node.haproxy-config': configFact(globalText + text) },
    {},
    seenAt,
  );

test('an address with a lag passes, in both ways of writing it', () => {
  const facts = { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig };
  expect(haproxyReplicaLagLimit.evaluate(facts, {}, seenAt).outcome).toBe('pass');
  expect(judge('backend pg-test-replica\n option httpchk OPTIONS /replica?lag=1GB\n').outcome).toBe('pass');
});

test('without one it is a warning, and without such a service it does not apply', () => {
  expect(judge(serviceText('pg-test-replica', 5434, '/read-only')).outcome).toBe('warn');
  expect(judge('', services.slice(0, 1)).outcome).toBe('not_applicable');
});
