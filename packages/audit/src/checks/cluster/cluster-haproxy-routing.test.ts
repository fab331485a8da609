import { expect, test } from 'vitest';
import type { Observation } from '../../probe.ts';
import type { FactMap } from '../../facts.ts';
import { healthyStats, statsFact } from '../haproxy.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterHaproxyRouting } from './cluster-haproxy-routing.ts';

const member = (inRecovery: boolean): Observation<FactMap['pg.server']> => ok(serverFact({ inRecovery }));
const members = new Map([
  ['pg-test-1', member(false)],
  ['pg-test-2', member(true)],
  ['pg-test-3', member(true)],
]);
const judge = (
  stats: Observation<FactMap['haproxy.stats']>,
  servers: ReadonlyMap<string, Observation<FactMap['pg.server']>> = members,
) =>
  clusterHaproxyRouting.evaluate(
    { 'haproxy.stats': new Map([['mon.haproxy', stats]]), 'pg.server': servers },
    {},
    seenAt,
  );
const primary = (...servers: readonly string[]) =>
  ok(statsFact({ 'pg-test-primary': servers }, healthyStats.services.slice(0, 1)));

test('writes to the primary and reads to replicas pass', () => {
  const verdict = judge(ok(healthyStats));
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)[0]).toBe(
    'mon.haproxy servers of pg-test-primary=pg-test-1 UP\npg-test-2 DOWN\npg-test-3 DOWN',
  );
});

test.each([
  ['nobody', primary('pg-test-1 DOWN', 'pg-test-2 DOWN'), 'fail', 'has no server'],
  ['two at once', primary('pg-test-1 UP', 'pg-test-2 UP'), 'fail', 'pg-test-1 and pg-test-2'],
  ['a replica', primary('pg-test-1 DOWN', 'pg-test-2 UP'), 'fail', 'not the primary'],
  ['a service that does not run', ok(statsFact({}, healthyStats.services.slice(0, 1))), 'fail', 'does not run'],
  ['a stranger', primary('other UP'), 'undecided', 'other'],
  [
    'reads on the primary only',
    ok(statsFact({ 'pg-test-replica': ['pg-test-1 UP', 'pg-test-2 DOWN'] }, healthyStats.services.slice(1, 2))),
    'warn',
    'primary only',
  ],
  ['no service', ok(statsFact({}, [])), 'not_applicable', 'no service'],
  ['no answer', unreachable, 'undecided', 'no HAProxy answered'],
] as const)('%s: %s', (_what, stats, outcome, reason) => {
  const verdict = judge(stats);
  expect([verdict.outcome, verdict.reason.en]).toEqual([outcome, expect.stringContaining(reason)]);
});

test('a member that did not answer may be a second primary', () => {
  const servers = new Map([...members, ['pg-test-3', unreachable] as const]);
  expect(judge(primary('pg-test-1 UP'), servers).outcome).toBe('undecided');
  expect(judge(primary('pg-test-2 UP'), servers).outcome).toBe('fail');
});
