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
import { haproxyHealthChecks } from './haproxy-health-checks.ts';

const primary = services.filter(({ name }) => name === 'pg-test-primary');
const replica = services.filter(({ name }) => name === 'pg-test-replica');
const judge = (text: string, declared = primary) =>
  haproxyHealthChecks.evaluate(
    { 'haproxy.stats': statsFact({}, declared), 'node.haproxy-config': configFact(globalText + text) },
    haproxyHealthChecks.params,
    seenAt,
  );

test('a healthy configuration passes', () => {
  const verdict = haproxyHealthChecks.evaluate(
    { 'haproxy.stats': healthyStats, 'node.haproxy-config': healthyConfig },
    haproxyHealthChecks.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('pass');
  expect(verdict.evidence[0]?.actual).toContain('http-check send meth OPTIONS uri /primary');
});

test.each([
  ['a health endpoint that every member answers', serviceText('pg-test-primary', 5433, '/health'), 'checks /health'],
  ['a replica endpoint', serviceText('pg-test-primary', 5433, '/replica'), 'checks /replica'],
  ['a TCP check', serviceText('pg-test-primary', 5433, '/primary', { check: 'option tcp-check' }), 'option tcp-check'],
  ['a login check', serviceText('pg-test-primary', 5433, '/', { check: 'option pgsql-check user x' }), 'pgsql-check'],
  [
    'a server without a check',
    serviceText('pg-test-primary', 5433, '/primary', { extra: '  server x 10.0.0.9:6432\n' }),
    'does not check x',
  ],
  [
    'a check at the database port',
    serviceText('pg-test-primary', 5433, '/primary', { extra: '  server x 10.0.0.9:6432 check\n' }),
    'database port',
  ],
  ['a service that is not on disk', '', 'not in the configuration'],
])('%s fails', (_what, text, reason) => {
  const verdict = judge(text);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain(reason);
});

test('the address of the old form is read too, and a replica service must not ask for the primary', () => {
  const old =
    'listen pg-test-replica\n option httpchk GET /replica?lag=1MB\n http-check expect status 200\n server a 10.0.0.1:6432 check port 8008\n';
  expect(judge(old, replica).outcome).toBe('pass');
  expect(judge(old.replace('GET /replica?lag=1MB', ''), replica).outcome).toBe('fail');
});

test('without an expectation it is a warning, and without services it is undecided', () => {
  const text = serviceText('pg-test-primary', 5433, '/primary').replace('  http-check expect status 200\n', '');
  expect(judge(text).outcome).toBe('warn');
  expect(judge(text, []).outcome).toBe('undecided');
});
