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
import { haproxyLogsConnections } from './haproxy-logs-connections.ts';

const service = serviceText('pg-test-primary', 5433, '/primary');
const judge = (text: string) =>
  haproxyLogsConnections.evaluate(
    { 'haproxy.stats': statsFact({}, services.slice(0, 1)), 'node.haproxy-config': configFact(text) },
    {},
    seenAt,
  );

test('a log target, log global and tcplog pass', () => {
  const facts = { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig };
  expect(haproxyLogsConnections.evaluate(facts, {}, seenAt).outcome).toBe('pass');
});

test.each([
  ['no target', globalText.replace('  log 127.0.0.1 local0\n', '') + service, 'fail'],
  ['no log global', globalText.replace('  log global\n', '') + service, 'fail'],
  ['no log in the service itself', `${globalText}${service}  no log\n`, 'fail'],
  [
    'a target for notices and worse, as connections are info',
    globalText.replace('local0', 'local0 notice') + service,
    'fail',
  ],
  ['no tcplog', globalText.replace('  option tcplog\n', '') + service, 'warn'],
  ['a target of its own', `${globalText.replace('  log global\n', '')}${service}  log /dev/log local1\n`, 'pass'],
])('%s: %s', (_what, text, outcome) => {
  expect(judge(text).outcome).toBe(outcome);
});
