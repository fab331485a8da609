import { expect, test } from 'vitest';
import type { MemberFacts } from '../../check.ts';
import { inventoryFact } from '../cluster.fixture.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterComponentLogsCollected } from './cluster-component-logs-collected.ts';

type Facts = MemberFacts<(typeof clusterComponentLogsCollected)['needs'][number]>;
type Streams = { readonly recent?: readonly string[]; readonly day?: readonly string[]; readonly isCut?: boolean };
const stream = (job: string, ins = 'pg-test-1'): string => `{ins="${ins}",job="${job}"}`;
const all = [stream('patroni'), stream('etcd', 'etcd-1'), stream('syslog')];

const seen = (subject: string) => new Map([[subject, ok({})]]);

/** A cluster with Patroni, etcd and a host that was looked at. */
const judge = ({ recent = all, day = [], isCut = false }: Streams) => {
  const none = new Map();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of these facts only who has them counts
  const presence = {
    'patroni.status': seen('pg-test-1.patroni'),
    'etcd.status': seen('etcd-1.etcd'),
    'haproxy.info': none,
    'node.pgbackrest-config': none,
    'node.host': seen('pg-test-1.node'),
  } as unknown as Facts;
  return clusterComponentLogsCollected.evaluate(
    {
      ...presence,
      'cluster.inventory': inventoryFact({ is: false, says: 'configuration' }),
      'monitoring.log-streams': new Map([['pg-test.monitoring', ok({ recent, day, isCut })]]),
    },
    clusterComponentLogsCollected.params,
    seenAt,
  );
};

test.each<readonly [string, string, Streams]>([
  ['hardened', 'pass', {}],
  ['weak: Patroni is not shipped', 'fail', { recent: all.slice(1) }],
  ['logs of another cluster only', 'fail', { recent: all.map((text) => text.replace('pg-test-1', 'pg-other-1')) }],
  ['more streams than were listed', 'undecided', { recent: all.slice(1), isCut: true }],
  [
    'a path names the component',
    'pass',
    { recent: [...all.slice(1), '{host="pg-test-1",file="/pg/log/patroni/patroni.log"}'] },
  ],
])('%s: %s', (_, outcome, streams) => {
  expect(judge(streams).outcome).toBe(outcome);
});

test('the reason names the component, and the evidence a stream of each that is there', () => {
  expect(judge({ recent: all.slice(1) }).reason.en).toBe('no log of Patroni arrives for pg-test');
  expect(evidenceLines(judge({}))).toContain(`pg-test.monitoring a stream of the last 15m=${stream('patroni')}`);
});
