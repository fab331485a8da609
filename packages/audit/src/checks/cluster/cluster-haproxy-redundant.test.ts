import { expect, test } from 'vitest';
import { configFact, globalText, healthyConfig, services, serviceText, statsFact } from '../haproxy.fixture.ts';
import { ok, seenAt } from '../settings.fixture.ts';
import { clusterHaproxyRedundant } from './cluster-haproxy-redundant.ts';

const stats = ok(statsFact({ 'pg-test-primary': [] }, services.slice(0, 1)));
const judge = (proxies: readonly string[], configs: readonly ReturnType<typeof configFact>[] = []) =>
  clusterHaproxyRedundant.evaluate(
    {
      'haproxy.stats': new Map(proxies.map((name) => [name, stats])),
      'node.haproxy-config': new Map(configs.map((config, index) => [`${index}.node`, ok(config)])),
    },
    clusterHaproxyRedundant.params,
    seenAt,
  );

test('two proxies alike pass, one alone fails', () => {
  expect(judge(['a.haproxy', 'b.haproxy'], [healthyConfig, healthyConfig]).outcome).toBe('pass');
  expect(judge(['a.haproxy'], [healthyConfig]).outcome).toBe('fail');
});

test('two that differ are a warning', () => {
  const other = configFact(globalText + serviceText('pg-test-primary', 5433, '/health'));
  expect(judge(['a.haproxy', 'b.haproxy'], [healthyConfig, other]).outcome).toBe('warn');
  expect(judge([]).outcome).toBe('not_applicable');
});
