import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { configFact as haproxyConfig, globalText, services, serviceText, statsFact } from '../haproxy.fixture.ts';
import { hbaFact } from '../hba.fixture.ts';
import { configFact, hbaFileFact } from '../pgbouncer.fixture.ts';
import { databasesFact, role, rolesFact } from '../roles.fixture.ts';
import { ok, seenAt } from '../settings.fixture.ts';
import { clusterProxySourceLimits } from './cluster-proxy-source-limits.ts';

const judge = (server: readonly string[], pooler: string, { declared = services.slice(0, 1), extra = '' } = {}) =>
  clusterProxySourceLimits.evaluate(
    {
      'haproxy.stats': new Map([['mon.haproxy', ok(statsFact({}, declared))]]),
      'node.haproxy-config': new Map<string, Observation<FactMap['node.haproxy-config']>>([
        ['mon.node', ok(haproxyConfig(globalText + serviceText('pg-test-primary', 5433, '/primary', { extra })))],
        ['pg-test-1.node', ok(null)],
      ]),
      'pgbouncer.config': new Map([['pg-test-1.pgbouncer', ok(configFact({ auth_type: 'hba' }))]]),
      'node.pgbouncer-hba': new Map([['pg-test-1.node', ok(hbaFileFact(pooler))]]),
      'pg.hba': new Map([['pg-test-1', ok(hbaFact(...server))]]),
      'pg.roles': new Map([['pg-test-1', ok(rolesFact([role('app')]))]]),
      'pg.databases': new Map([['pg-test-1', ok(databasesFact(['shop']))]]),
    },
    {},
    seenAt,
  );
const everywhere = 'host all app all scram-sha-256';
const intranet = 'host all app 10.0.0.0/8 scram-sha-256';

test('a role that may come from everywhere anyway passes', () => {
  expect(judge([everywhere], everywhere).outcome).toBe('pass');
});

test('a role that the server keeps to the intranet, behind a proxy in it, fails', () => {
  const verdict = judge([intranet], intranet);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toContain('pg-test-primary brings app into');
});

test('sources limited at the proxy pass', () => {
  expect(
    judge([intranet], intranet, { extra: '  tcp-request connection reject unless { src 10.0.0.0/8 }\n' }).outcome,
  ).toBe('pass');
});

test('without a declared service it does not apply, without its configuration nobody knows', () => {
  expect(judge([intranet], intranet, { declared: [] }).outcome).toBe('not_applicable');
  expect(judge([intranet], intranet, { declared: services.slice(1, 2) }).outcome).toBe('undecided');
});
