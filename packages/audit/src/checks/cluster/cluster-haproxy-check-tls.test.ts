import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { configFact, globalText, services, serverDefaults, serviceText, statsFact } from '../haproxy.fixture.ts';
import { ok, seenAt } from '../settings.fixture.ts';
import { clusterHaproxyCheckTls } from './cluster-haproxy-check-tls.ts';

const judge = (scheme: 'http' | 'https', defaults: string, config = true) => {
  const patroni: FactMap['patroni.tls'] = { url: `${scheme}://10.0.0.11:8008`, scheme, tls: null, answered: true };
  const text =
    globalText + serviceText('pg-test-primary', 5433, '/primary', { defaults: `${serverDefaults} ${defaults}` });
  return clusterHaproxyCheckTls.evaluate(
    {
      'patroni.tls': new Map([['pg-test-1.patroni', ok(patroni)]]),
      'haproxy.stats': new Map([['mon.haproxy', ok(statsFact({}, services.slice(0, 1)))]]),
      'node.haproxy-config': new Map([['mon.node', ok(config ? configFact(text) : null)]]),
    },
    {},
    seenAt,
  );
};

test.each([
  ['https', 'check-ssl verify required ca-file /ca.crt', 'pass'],
  ['https', 'check-ssl verify none', 'warn'],
  ['https', '', 'fail'],
  ['http', '', 'not_applicable'],
] as const)('Patroni over %s, servers with %j: %s', (scheme, defaults, outcome) => {
  expect(judge(scheme, defaults).outcome).toBe(outcome);
});

test('without a configuration nobody knows', () => {
  expect(judge('https', '', false).outcome).toBe('undecided');
});
