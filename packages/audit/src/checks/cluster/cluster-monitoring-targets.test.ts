import { expect, test } from 'vitest';
import { target } from '../monitoring.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterMonitoringTargets } from './cluster-monitoring-targets.ts';

const whole = ['9630', '9631', '8008', '9854'].map((port) => `pg-test-1 10.0.0.11:${port}`);
const judge = (targets: readonly string[] | undefined) =>
  clusterMonitoringTargets.evaluate(
    {
      'monitoring.targets': new Map([
        ['pg-test.monitoring', targets === undefined ? unreachable : ok(targets.map(target))],
      ]),
      'pg.server': new Map([['pg-test-1', ok(serverFact())]]),
    },
    clusterMonitoringTargets.params,
    seenAt,
  );

test('a member that is scraped whole passes', () => {
  const verdict = judge(whole);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test.monitoring targets of pg-test-1=10.0.0.11:8008 up\n10.0.0.11:9630 up\n10.0.0.11:9631 up\n10.0.0.11:9854 up',
  ]);
});

test.each([
  ['an exporter that nobody scrapes', whole.slice(0, 3), 'fail', 'pgbackrest (9854)'],
  ['a target that does not answer', [...whole, 'pg-test-1 10.0.0.11:9100 down'], 'fail', '10.0.0.11:9100'],
  ['targets of another member', ['other 10.0.0.11:9630'], 'fail', 'postgres (9630)'],
  ['no answer', undefined, 'undecided', 'did not answer'],
] as const)('%s: %s', (_what, targets, outcome, reason) => {
  const verdict = judge(targets);
  expect([verdict.outcome, verdict.reason.en]).toEqual([outcome, expect.stringContaining(reason)]);
});
