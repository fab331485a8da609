/** Series text to promtool values. */
export type StackSeries = Readonly<Record<string, string>>;

const addresses = { 1: '198.51.100.11', 2: '198.51.100.12', 3: '198.51.100.13' } as const;
export type MemberNumber = keyof typeof addresses;
const numbers: readonly MemberNumber[] = [1, 2, 3];

/** Labels that the scrape configuration gives to a target of a member. */
export const member = (number: MemberNumber, port: number): string =>
  `job="pgsql",cls="pg-test",ins="pg-test-${number}",ip="${addresses[number]}",instance="${addresses[number]}:${port}"`;
const etcd = (number: number): string =>
  `job="etcd",cls="etcd",ins="etcd-${number}",ip="198.51.100.2${number}",instance="198.51.100.2${number}:2381"`;
const mon = 'job="node",cls="infra",ins="mon",ip="198.51.100.10",instance="198.51.100.10:9101"';
const auditor = 'job="pgattest-audit",ip="198.51.100.10",instance="198.51.100.10:9855"';

/** Series by the names situations use: `pg_up@2` is of the exporter of member 2, `up:8008@1` of its Patroni. */
export function seriesOf(name: string): string {
  const [, metric = '', port, number = '', labels] = /^([a-z_]+)(?::(\d+))?@(\w+)(?:,(.+))?$/.exec(name) ?? [];
  const more = labels === undefined ? '' : `,${labels}`;
  if (number.startsWith('etcd')) return `${metric}{${etcd(Number(number.slice(4)))}${more}}`;
  if (number === 'mon') return `${metric}{${mon}${more}}`;
  if (number === 'audit') return `${metric}{${auditor}${more}}`;
  const found = numbers.find((one) => String(one) === number);
  if (found === undefined) throw new Error(`${name} names no target of the stack`);
  return `${metric}{${member(found, Number(port ?? portOf(metric)))}${more}}`;
}

function portOf(metric: string): number {
  if (metric.startsWith('patroni_')) return 8008;
  if (metric.startsWith('pgbouncer_')) return 9631;
  return metric.startsWith('pgbackrest_') ? 9854 : 9630;
}

type Named = readonly (readonly [string, string])[];

const flat = (value: number): string => `${value}x120`;
const clock = '0+10x120';
const backup = 'stanza="pg-test",repo_key="1"';

function memberSeries(number: MemberNumber): StackSeries {
  const primary = number === 1;
  const named: Named = [
    ...[9630, 8008, 9631, 9854].map((port) => [`up:${port}@${number}`, flat(1)] as const),
    [`pg_up@${number}`, flat(1)],
    [`pg_in_recovery@${number}`, flat(primary ? 0 : 1)],
    [`pg_uptime@${number}`, '80000+10x120'],
    [`pg_exporter_scrape_duration@${number}`, '0.1x120'],
    [`pg_exporter_scrape_budget_seconds@${number}`, flat(8)],
    [`pg_db_numbackends@${number},datname="app"`, flat(20)],
    [`pg_setting_max_connections@${number}`, flat(100)],
    [`pg_timeline_id@${number}`, flat(1)],
    [`patroni_version@${number},scope="pg-test"`, flat(30002)],
    [`patroni_primary@${number},scope="pg-test"`, flat(primary ? 1 : 0)],
    [`patroni_replica@${number},scope="pg-test"`, flat(primary ? 0 : 1)],
    [`patroni_standby_leader@${number},scope="pg-test"`, flat(0)],
    [`patroni_postgres_timeline@${number},scope="pg-test"`, flat(1)],
    [`patroni_cluster_unlocked@${number},scope="pg-test"`, flat(0)],
    [`patroni_failsafe_mode_is_active@${number},scope="pg-test"`, flat(0)],
    [`patroni_is_paused@${number},scope="pg-test"`, flat(0)],
    [`patroni_pending_restart@${number},scope="pg-test"`, flat(0)],
    [`patroni_dcs_last_seen@${number},scope="pg-test"`, clock],
    [`pgbouncer_up@${number}`, flat(1)],
    [`pgbouncer_pool_waiting_clients@${number},datname="app",user="app_rw"`, flat(0)],
    [`pgbouncer_pool_queue_stalled@${number},datname="app",user="app_rw"`, flat(0)],
    [`pgbackrest_repo_status@${number},${backup},cipher="aes-256-cbc"`, flat(0)],
    [`pgbackrest_restorable_backups@${number},${backup}`, flat(1)],
    [`pgbackrest_newest_backup_chain_status@${number},${backup}`, flat(0)],
    [`pgbackrest_backup_newest_stop_timestamp_seconds@${number},${backup},backup_type="full"`, flat(0)],
    [`pgbackrest_wal_gaps@${number},${backup},archive_id="15-1"`, flat(0)],
    [`pgbackrest_config_repo_encrypted@${number},${backup}`, flat(1)],
    [`pgbackrest_stop_file@${number},stanza="pg-test",scope="stanza"`, flat(0)],
    [`pgbackrest_exporter_task_success@${number},task="info"`, flat(1)],
    [`pgattest_audit_subject_reachable@audit,cls="pg-test",subject="pg-test-${number}",kind="instance"`, flat(1)],
  ];
  return Object.fromEntries(named);
}

/** What only a primary shows, and what its replicas show of it. */
const replication: StackSeries = {
  'pg_lsn@1': '0+1000000x120',
  'pg_replay_lsn@2': '0+1000000x120',
  'pg_replay_lsn@3': '0+1000000x120',
  ...Object.fromEntries(
    ([2, 3] as const).flatMap((number) => [
      [`pg_recv_state@${number},sender_host="198.51.100.11",sender_port="5432",slot_name="pg_test_${number}"`, flat(0)],
      [`pg_standby_streaming_connections@1,appname="pg-test-${number}"`, flat(1)],
      [`pg_standby_flush_lag_bytes@1,appname="pg-test-${number}"`, flat(0)],
      [`pg_standby_replay_lag_seconds@1,appname="pg-test-${number}"`, flat(0)],
      [`pg_slot_active@1,slot_name="pg_test_${number}",slot_type="physical"`, flat(1)],
      [`pg_slot_retained_bytes@1,slot_name="pg_test_${number}",slot_type="physical"`, flat(0)],
      [`pg_slot_wal_status@1,slot_name="pg_test_${number}",slot_type="physical"`, flat(0)],
    ]),
  ),
  'pg_archive_oldest_ready_age_seconds@1': flat(0),
  'pg_archiver_failed_count@1': flat(0),
  'pg_archiver_failed_time@1': flat(0),
  'pg_archiver_finish_time@1': clock,
  [`pgbackrest_archiver_lost_segments@1,${backup}`]: flat(0),
};

const service = (proxy: string, number: MemberNumber, up: boolean): readonly (readonly [string, string])[] => [
  [`haproxy_server_status@mon,proxy="pg-test-${proxy}",server="pg-test-${number}",state="UP"`, flat(up ? 1 : 0)],
];

/** etcd, HAProxy and the auditor. */
const around: Named = [
    ...[1, 2, 3].flatMap((number): Named => [
      [`up@etcd${number}`, flat(1)],
      [`etcd_server_has_leader@etcd${number}`, flat(1)],
      [`etcd_server_leader_changes_seen_total@etcd${number}`, flat(1)],
      [`etcd_mvcc_db_total_size_in_bytes@etcd${number}`, flat(100)],
      [`etcd_server_quota_backend_bytes@etcd${number}`, flat(1000)],
    ]),
    ['up@mon', flat(1)],
    ...numbers.flatMap((number) => [
      ...service('primary', number, number === 1),
      ...service('default', number, number === 1),
      ...service('replica', number, true),
    ]),
    ['haproxy_backend_active_servers@mon,proxy="pg-test-replica"', flat(2)],
    ['haproxy_backend_backup_servers@mon,proxy="pg-test-replica"', flat(1)],
    ['haproxy_backend_status@mon,proxy="pg-test-replica",state="DOWN"', flat(0)],
    ['up@audit', flat(1)],
    ['pgattest_audit_evidence_age_seconds@audit,cls="pg-test"', flat(100)],
    ['pgattest_audit_run_success@audit,cls="pg-test"', flat(1)],
    ['pgattest_audit_findings@audit,cls="pg-test",outcome="error",severity="high"', flat(0)],
    [
      'pgattest_audit_check_outcome@audit,cls="pg-test",subject="pg-test-1",check="pg-tls-enabled",severity="critical",outcome="pass"',
      flat(1),
    ],
];

/** Everything of a healthy cluster of three: promtool values for twenty minutes in steps of 10 s, by the names of situations. */
export const healthyStack: StackSeries = {
  ...numbers.map(memberSeries).reduce((all, one) => ({ ...all, ...one }), {}),
  ...replication,
  ...Object.fromEntries(around),
};

/** All series of one target, from a moment on without an answer: `up` is 0 and the rest is gone. */
export function silenced(number: MemberNumber, port: number, samples: number): StackSeries {
  const ofTarget = Object.keys(healthyStack).filter((name) => seriesOf(name).includes(member(number, port)));
  return Object.fromEntries(
    ofTarget.map((name) => {
      const [first = '', rest = ''] = (healthyStack[name] ?? '').split('x');
      if (name.startsWith('up:')) return [name, `1x${samples - 1} 0x${Number(rest) - samples}`];
      return [name, `${first}x${samples - 1} stale`];
    }),
  );
}
