import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertGroups, alertRuleGroups, defaultSite, inhibitions, renderRules } from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { healthyStack, seriesOf, silenced, type StackSeries } from './stack.fixture.ts';

/** A firing alert by what tells it apart: `PostgresDown pg-test pg-test-1`. */
type Fired = string;

interface Situation {
  readonly when: string;
  readonly changes: StackSeries;
  readonly at: string;
  /** Every alert that fires then, and no other. */
  readonly fires: readonly Fired[];
  /** Those that the tree of causes leaves loud. */
  readonly pages: readonly Fired[];
}

/** A change of roles from member 1 to member 2, after `samples` steps of 10 s without a primary. */
const promoted = (from: number, samples: number): StackSeries => {
  const until = from + samples;
  const rest = 119 - until;
  return {
    'pg_in_recovery@2': `1x${until} 0x${rest}`,
    'patroni_primary@2,scope="pg-test"': `0x${until} 1x${rest}`,
    'patroni_replica@2,scope="pg-test"': `1x${until} 0x${rest}`,
    'patroni_postgres_timeline@2,scope="pg-test"': `1x${until} 2x${rest}`,
    'patroni_postgres_timeline@3,scope="pg-test"': `1x${until + 1} 2x${rest}`,
    'pg_recv_state@2,sender_host="198.51.100.11",sender_port="5432",slot_name="pg_test_2"': `0x${from} stale`,
    'pg_standby_streaming_connections@2,appname="pg-test-3"': `_x${until + 1} 1x${rest}`,
    'haproxy_server_status@mon,proxy="pg-test-primary",server="pg-test-1",state="UP"': `1x${from} 0x${119 - from}`,
    'haproxy_server_status@mon,proxy="pg-test-primary",server="pg-test-2",state="UP"': `0x${until} 1x${rest}`,
    'haproxy_server_status@mon,proxy="pg-test-default",server="pg-test-1",state="UP"': `1x${from} 0x${119 - from}`,
    'haproxy_server_status@mon,proxy="pg-test-default",server="pg-test-2",state="UP"': `0x${until} 1x${rest}`,
  };
};
const noLongerPrimary: StackSeries = {
  'pg_in_recovery@1': '0x12 1x107',
  'patroni_primary@1,scope="pg-test"': '1x12 0x107',
  'patroni_replica@1,scope="pg-test"': '0x12 1x107',
  'patroni_postgres_timeline@1,scope="pg-test"': '1x13 2x106',
  'pg_recv_state@1,sender_host="198.51.100.12",sender_port="5432",slot_name="pg_test_1"': '_x14 0x105',
  'pg_standby_streaming_connections@1,appname="pg-test-2"': '1x12 stale',
  'pg_standby_streaming_connections@1,appname="pg-test-3"': '1x12 stale',
  'pg_standby_streaming_connections@2,appname="pg-test-1"': '_x14 1x105',
  'pg_lsn@1': '0+1000000x12 stale',
};
const lost = (number: 1 | 2 | 3): StackSeries => ({
  ...silenced(number, 9630, 12),
  ...silenced(number, 8008, 12),
  ...silenced(number, 9631, 12),
  ...silenced(number, 9854, 12),
});
const gone = (number: 1 | 2 | 3): StackSeries =>
  Object.fromEntries(
    Object.entries(lost(number)).map(([name, values]) => [name, name.startsWith('up:') ? '1x11 stale' : values]),
  );
const stopped = (number: 2 | 3): StackSeries => ({
  [`pg_up@${number}`]: '1x12 0x107',
  [`pg_recv_state@${number},sender_host="198.51.100.11",sender_port="5432",slot_name="pg_test_${number}"`]: '0x12 stale',
  [`pg_standby_streaming_connections@1,appname="pg-test-${number}"`]: '1x12 stale',
  [`pg_replay_lsn@${number}`]: '0+1000000x12 stale',
});
const everyMember = (metric: string, values: string): StackSeries =>
  Object.fromEntries([1, 2, 3].map((number) => [`${metric}@${number},scope="pg-test"`, values]));

const situations: readonly Situation[] = [
  { when: 'all is well', changes: {}, at: '15m', fires: [], pages: [] },
  {
    when: 'the primary is switched over in 10 s',
    changes: { ...promoted(12, 1), ...noLongerPrimary },
    at: '5m',
    fires: [],
    pages: [],
  },
  {
    when: 'the node of the primary is lost and another member takes over after 20 s',
    changes: { ...lost(1), ...promoted(12, 2) },
    at: '5m',
    fires: [
      'PatroniDown pg-test pg-test-1',
      'PgbouncerExporterDown pg-test pg-test-1',
      'PostgresExporterDown pg-test pg-test-1',
      'PostgresInstanceUnreachable pg-test pg-test-1',
    ],
    pages: ['PostgresInstanceUnreachable pg-test pg-test-1'],
  },
  {
    when: 'the node of the primary is lost and nobody takes over',
    changes: {
      ...lost(1),
      'haproxy_server_status@mon,proxy="pg-test-primary",server="pg-test-1",state="UP"': '1x12 0x107',
      'pg_recv_state@2,sender_host="198.51.100.11",sender_port="5432",slot_name="pg_test_2"': '0x12 stale',
      'pg_recv_state@3,sender_host="198.51.100.11",sender_port="5432",slot_name="pg_test_3"': '0x12 stale',
      'patroni_cluster_unlocked@2,scope="pg-test"': '0x14 1x105',
      'patroni_cluster_unlocked@3,scope="pg-test"': '0x14 1x105',
    },
    at: '5m',
    fires: [
      'HaproxyNoPrimary pg-test mon',
      'PatroniClusterUnlocked pg-test',
      'PatroniDown pg-test pg-test-1',
      'PgbouncerExporterDown pg-test pg-test-1',
      'PostgresExporterDown pg-test pg-test-1',
      'PostgresInstanceUnreachable pg-test pg-test-1',
      'PostgresNoPrimary pg-test',
      'PostgresReplicationBroken pg-test pg-test-2',
      'PostgresReplicationBroken pg-test pg-test-3',
    ],
    // The node is the cause; that writes fail is what people are called for.
    pages: ['PostgresInstanceUnreachable pg-test pg-test-1', 'PostgresNoPrimary pg-test'],
  },
  {
    when: 'Patroni of the primary is killed, another member is promoted and the old one writes on',
    changes: {
      ...promoted(12, 3),
      ...silenced(1, 8008, 12),
      'pg_standby_streaming_connections@1,appname="pg-test-2"': '1x12 stale',
    },
    at: '5m',
    fires: ['PatroniDown pg-test pg-test-1', 'PatroniOrphanPrimary pg-test pg-test-1', 'PostgresMoreThanOnePrimary pg-test'],
    pages: ['PostgresMoreThanOnePrimary pg-test'],
  },
  {
    when: 'PostgreSQL of a replica is stopped',
    changes: stopped(3),
    at: '5m',
    fires: ['PostgresDown pg-test pg-test-3'],
    pages: ['PostgresDown pg-test pg-test-3'],
  },
  {
    when: 'PostgreSQL of every replica is stopped',
    changes: {
      ...stopped(2),
      ...stopped(3),
      'haproxy_backend_active_servers@mon,proxy="pg-test-replica"': '2x12 0x107',
    },
    at: '5m',
    fires: [
      'HaproxyReplicasServedByBackup pg-test mon',
      'PostgresDown pg-test pg-test-2',
      'PostgresDown pg-test pg-test-3',
      'PostgresNoFailoverCandidate pg-test pg-test-1',
    ],
    pages: [
      'PostgresDown pg-test pg-test-2',
      'PostgresDown pg-test pg-test-3',
      'PostgresNoFailoverCandidate pg-test pg-test-1',
    ],
  },
  {
    when: 'the only synchronous standby is lost',
    changes: {
      ...stopped(2),
      'pg_sync_standby_enabled@1,names="pg-test-2"': '1x119',
      'pg_repl_sync_state@1,appname="pg-test-2",usename="replicator",address="198.51.100.12/32",pid="7"': '2x12 stale',
      'pg_sync_quorum_waiting_sessions@1': '0x12 4x107',
      'pg_sync_quorum_present_standbys@1': '1x12 0x107',
      'pg_sync_quorum_required_standbys@1': '1x119',
    },
    at: '5m',
    fires: [
      'PostgresCommitsWaiting pg-test pg-test-1',
      'PostgresDown pg-test pg-test-2',
      'PostgresSyncStandbyLost pg-test pg-test-1',
    ],
    pages: ['PostgresCommitsWaiting pg-test pg-test-1', 'PostgresDown pg-test pg-test-2'],
  },
  {
    when: 'one member of etcd is lost',
    changes: { 'up@etcd3': '1x12 0x107', 'etcd_server_has_leader@etcd3': '1x12 stale' },
    at: '5m',
    fires: ['EtcdMemberDown etcd etcd-3', 'EtcdQuorumAtRisk etcd'],
    pages: ['EtcdQuorumAtRisk etcd'],
  },
  {
    when: 'etcd loses its majority and failsafe mode keeps the primary',
    changes: {
      'up@etcd2': '1x12 0x107',
      'up@etcd3': '1x12 0x107',
      'etcd_server_has_leader@etcd1': '1x12 0x107',
      'etcd_server_has_leader@etcd2': '1x12 stale',
      'etcd_server_has_leader@etcd3': '1x12 stale',
      ...everyMember('patroni_dcs_last_seen', '0+10x12 120x107'),
      'patroni_failsafe_mode_is_active@1,scope="pg-test"': '0x13 1x106',
    },
    at: '5m',
    fires: [
      'EtcdMemberDown etcd etcd-2',
      'EtcdMemberDown etcd etcd-3',
      'EtcdNoLeader etcd',
      'EtcdQuorumLost etcd',
      'PatroniDcsUnseen pg-test pg-test-1',
      'PatroniDcsUnseen pg-test pg-test-2',
      'PatroniDcsUnseen pg-test pg-test-3',
      'PatroniFailsafeActive pg-test',
    ],
    pages: ['EtcdQuorumLost etcd'],
  },
  {
    when: 'the archive is broken for a quarter of an hour',
    changes: {
      'pg_archiver_failed_count@1': '0x12 1+1x107',
      'pg_archiver_failed_time@1': '0x12 130+10x107',
      'pg_archiver_finish_time@1': '0+10x12 120x107',
      'pg_archive_oldest_ready_age_seconds@1': '0x12 10+10x107',
    },
    at: '18m',
    fires: ['PostgresArchiveLagging pg-test pg-test-1', 'PostgresArchiverFailing pg-test pg-test-1'],
    pages: ['PostgresArchiverFailing pg-test pg-test-1'],
  },
  {
    when: 'the pooler of the primary is down, which HAProxy does not see',
    changes: {
      'pgbouncer_up@1': '1x12 0x107',
      'pgbouncer_pool_waiting_clients@1,datname="app",user="app_rw"': '0x12 stale',
      'pgbouncer_pool_queue_stalled@1,datname="app",user="app_rw"': '0x12 stale',
    },
    at: '5m',
    fires: ['PgbouncerDown pg-test pg-test-1'],
    pages: ['PgbouncerDown pg-test pg-test-1'],
  },
  {
    when: 'a setting is weakened',
    changes: {
      'pgattest_audit_check_outcome@audit,cls="pg-test",subject="pg-test-1",check="pg-tls-enabled",severity="critical",outcome="pass"':
        '1x12 stale',
      'pgattest_audit_check_outcome@audit,cls="pg-test",subject="pg-test-1",check="pg-tls-enabled",severity="critical",outcome="fail"':
        '_x13 1x106',
    },
    at: '5m',
    fires: ['AuditCheckFailing pg-test pg-test-1', 'AuditCheckRegressed pg-test pg-test-1'],
    pages: ['AuditCheckRegressed pg-test pg-test-1'],
  },
  {
    when: 'a maintenance pause is ten minutes old and a replica was restarted in it within 20 s',
    changes: {
      ...everyMember('patroni_is_paused', '0x12 1x107'),
      'pg_up@3': '1x72 0x1 1x45',
      'pg_uptime@3': '80000+10x74 10+10x45',
      'pg_recv_state@3,sender_host="198.51.100.11",sender_port="5432",slot_name="pg_test_3"': '0x72 _x2 0x44',
    },
    at: '14m',
    fires: ['PostgresRestarted pg-test pg-test-3'],
    pages: ['PostgresRestarted pg-test pg-test-3'],
  },
  {
    when: 'a replica is scaled in, and its targets with it',
    changes: {
      ...gone(3),
      'pg_standby_streaming_connections@1,appname="pg-test-3"': '1x12 stale',
      'pg_standby_flush_lag_bytes@1,appname="pg-test-3"': '0x12 stale',
      'pg_standby_replay_lag_seconds@1,appname="pg-test-3"': '0x12 stale',
      'haproxy_backend_active_servers@mon,proxy="pg-test-replica"': '2x12 1x107',
    },
    at: '15m',
    fires: [],
    pages: [],
  },
  {
    when: 'a standby cluster follows an hour behind on purpose',
    changes: {
      'pg_standby_streaming_connections@1,appname="pg-dr-1"': '1x119',
      'pg_standby_flush_lag_bytes@1,appname="pg-dr-1"': '0x119',
      'pg_standby_replay_lag_seconds@1,appname="pg-dr-1"': '3600x119',
    },
    at: '15m',
    fires: [],
    pages: [],
  },
];

/** Series of a standby cluster of one member, which every situation may have beside it. */
const standbyCluster: StackSeries = Object.fromEntries(
  [
    ['pg_up', 9630, '1x120', ''],
    ['pg_in_recovery', 9630, '1x120', ''],
    ['pg_recv_state', 9630, '0x120', ',sender_host="198.51.100.11",sender_port="5432",slot_name="pg_dr_1"'],
    ['patroni_standby_leader', 8008, '1x120', ',scope="pg-dr"'],
    ['patroni_primary', 8008, '0x120', ',scope="pg-dr"'],
    ['patroni_cluster_unlocked', 8008, '0x120', ',scope="pg-dr"'],
    ['patroni_postgres_timeline', 8008, '1x120', ',scope="pg-dr"'],
    ['up', 8008, '1x120', ''],
    ['up', 9630, '1x120', ''],
  ].map(([metric, port, values, more]) => [
    `${String(metric)}{job="pgsql",cls="pg-dr",ins="pg-dr-1",ip="198.51.100.14",instance="198.51.100.14:${String(port)}"${String(more)}}`,
    String(values),
  ]),
);

/** Alerts that stay loud among those that fire: the rule of Alertmanager, over names, cluster and instance. */
function loud(fired: readonly Fired[]): readonly Fired[] {
  const facts = fired.map((one) => {
    const [name = '', cls = '', ins = ''] = one.split(' ');
    return { one, name, labels: new Map([['cls', cls], ['ins', ins], ['subject', ins], ['check', 'pg-tls-enabled']]) };
  });
  return facts
    .filter(({ name, labels }) =>
      inhibitions.every(
        ({ cause, hides, same }) =>
          !hides.includes(name) ||
          !facts.some((other) => other.name === cause && same.every((key) => other.labels.get(key) === labels.get(key))),
      ),
    )
    .map(({ one }) => one);
}

const groups = alertRuleGroups(alertGroups, defaultSite);
let dir = '';
let output = '';
let code: number | null = null;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pgattest-situations-'));
  for (const group of groups) writeFileSync(join(dir, `${group.name}.yml`), renderRules(group));
  const document = {
    rule_files: groups.map(({ name }) => `${name}.yml`),
    evaluation_interval: '10s',
    tests: situations.map(({ when, changes, at, fires }) => ({
      name: when,
      interval: '10s',
      input_series: [
        ...Object.entries({ ...healthyStack, ...changes }).map(([name, values]) => ({ series: seriesOf(name), values })),
        ...Object.entries(standbyCluster).map(([series, values]) => ({ series, values })),
      ],
      promql_expr_test: [
        {
          // An alert is about an instance, or about a subject of the audit. The name of the situation, which is that of no
          // alert, is there for promtool to print.
          expr: `count by (alertname, cls, ins) (label_replace(ALERTS{alertstate="firing",alertname!="${when}"}, "ins", "$1", "subject", "(.+)"))`,
          eval_time: at,
          exp_samples: fires.map((fired) => {
            const [name = '', cls = '', ins = ''] = fired.split(' ');
            const instance = ins === '' ? '' : `,ins="${ins}"`;
            return { labels: `{alertname="${name}",cls="${cls}"${instance}}`, value: 1 };
          }),
        },
      ],
    })),
  };
  writeFileSync(join(dir, 'situations.test.yml'), stringify(document));
  const ran = spawnSync('promtool', ['test', 'rules', 'situations.test.yml'], { cwd: dir, encoding: 'utf8' });
  if (ran.error !== undefined) throw new Error(`promtool did not start: ${ran.error.message}; install the Debian package prometheus`);
  output = `${ran.stdout}${ran.stderr}`;
  code = ran.status;
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** What promtool says about one situation, empty when it held. */
function failureOf(when: string): string {
  const found = output.split(/\n(?= +expr: )/).filter((part) => part.includes(`alertname!=\\"${when}\\"`));
  return found.join('\n');
}

describe('with every alert loaded, over a cluster of three and its standby cluster', () => {
  test('promtool ran, and failed only where a situation below says so', () => {
    const failed = situations.filter(({ when }) => failureOf(when) !== '');
    expect(code === 0 || failed.length > 0 ? '' : output).toBe('');
    expect(code === 0).toBe(failed.length === 0);
    expect(output).toContain('Unit Testing:');
  });

  test.each(situations.map(({ when }) => [when]))('exactly the alerts expected fire when %s', (when) => {
    expect(failureOf(when)).toBe('');
  });

  test.each(situations.map((situation) => [situation.when, situation] as const))(
    'the tree of causes leaves its cause loud when %s',
    (_when, { fires, pages }) => {
      expect(loud(fires)).toEqual(pages);
    },
  );
});
