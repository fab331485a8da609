import { collectors } from '@pgattest/catalog';
import type { PgSession, ResultSet } from '@pgattest/connect';
import { startDemoCluster, waitFor, type DemoCluster, type DemoNode } from '@pgattest/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverDir, serverMajors, type ServerMajor } from '../servers/binaries.ts';
import { ask, openSession, rowsOf, within, type Row } from './postgres-session.ts';
import { serverRoles, variantFor, type ServerRole } from './server-role.ts';
import { isRunnable, morePrivileges } from './unrunnable.ts';

/*
 * Every collector on real servers of every major, primary and replica, asked by a role that has pg_monitor and nothing
 * else, while a table is locked. What needs a busy server is in postgres-busy.test.ts.
 */

/** pg_type.oid of what rowsToFamilies reads as a number: bool, int8, int2, int4, oid, float4, float8, numeric. */
const numberTypes: ReadonlySet<number> = new Set([16, 20, 21, 23, 26, 700, 701, 1700]);
/** pg_type.oid of name, text and varchar. */
const textTypes: ReadonlySet<number> = new Set([19, 25, 1043]);

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const lsnPattern = /^\d+$/u;

describe.each(serverMajors)('on PostgreSQL %i', (major: ServerMajor) => {
  let cluster: DemoCluster | undefined;
  let lockHolder: PgSession | undefined;
  const results: Record<ServerRole, Record<string, ResultSet>> = { primary: {}, replica: {} };
  let versionNum = 0;

  const since = (version: number, value: string): string | null => (major >= version ? value : null);
  const row = (role: ServerRole, id: string, where: Row = {}): Row | undefined =>
    rowsOf(results[role][id]).find((found) =>
      Object.entries(where).every(([column, value]) => found[column] === value),
    );

  beforeAll(async () => {
    cluster = await startDemoCluster({ serverDir: serverDir(major), name: `pg${major}`, durable: false });
    versionNum = cluster.versionNum;
    await makeEventful(cluster);
    lockHolder = await openSession(cluster.dsn(cluster.primary, 'superuser'), 'app');
    await lockHolder.query('BEGIN READ WRITE', { signal: within() });
    await lockHolder.query('LOCK TABLE app.account IN ACCESS EXCLUSIVE MODE', { signal: within() });
    await collect(cluster.primary, 'primary');
    await collect(cluster.replica, 'replica');
  }, 300_000);

  afterAll(async () => {
    await lockHolder?.close();
    await cluster?.stop();
  }, 300_000);

  /** One session at a time: the collectors count it. */
  async function collect(node: DemoNode, role: ServerRole): Promise<void> {
    const dsn = cluster?.dsn(node, 'monitor') ?? '';
    for (const database of ['postgres', 'app']) {
      const session = await openSession(dsn, database);
      try {
        for (const collector of collectors) {
          const home = collector.requires?.database ?? (collector.scope === 'instance' ? 'postgres' : 'app');
          const variant = variantFor(collector, versionNum, role);
          if (variant === undefined || !isRunnable(variant.branch, versionNum) || home !== database) continue;
          const needed = morePrivileges[collector.id];
          results[role][collector.id] =
            needed !== undefined && versionNum < needed.superuserUntil
              ? await ask(cluster?.dsn(node, 'superuser') ?? '', variant.sql)
              : await session.query(variant.sql, { signal: within() });
        }
      } finally {
        await session.close();
      }
    }
  }

  test.each(serverRoles)('every column of every collector is a declared one of a fitting type (%s)', (role) => {
    const wrong: string[] = [];
    for (const collector of collectors) {
      const variant = variantFor(collector, versionNum, role);
      const result = results[role][collector.id];
      if (variant === undefined || result === undefined) continue;
      const omitted = new Set(variant.omits);
      const labels = Object.keys(collector.labels);
      const metrics = [
        ...Object.keys(collector.metrics).filter((key) => !omitted.has(key)),
        ...Object.keys(collector.histograms ?? {}),
      ];
      expect({ branch: variant.branch, columns: result.columns.map((column) => column.name).toSorted() }).toEqual({
        branch: variant.branch,
        columns: [...labels, ...metrics].toSorted(),
      });
      for (const { name, typeOid } of result.columns) {
        const fitting = labels.includes(name) ? textTypes : numberTypes;
        if (!fitting.has(typeOid)) wrong.push(`${variant.branch}.${name} has type ${typeOid}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test.each(serverRoles)('a row never repeats the labels of another (%s)', (role) => {
    // Rows of a distribution are observations.
    for (const collector of collectors.filter(({ histograms }) => histograms === undefined)) {
      const keys = rowsOf(results[role][collector.id]).map((found) =>
        JSON.stringify(Object.keys(collector.labels).map((label) => found[label])),
      );
      expect({ id: collector.id, series: new Set(keys).size }).toEqual({ id: collector.id, series: keys.length });
    }
  });

  test('no password of the cluster is in any value', () => {
    const everything = JSON.stringify(results);
    expect(cluster?.secrets.filter((secret) => everything.includes(secret))).toEqual([]);
  });

  test('role, positions and lag', () => {
    expect(row('primary', 'pg')).toMatchObject({
      is_in_recovery: 'f',
      is_wal_replay_paused: 'f',
      lag: '0',
      receive_lsn: null,
      replay_lsn: null,
      lsn: matching(lsnPattern),
      insert_lsn: matching(lsnPattern),
      flush_lsn: matching(lsnPattern),
    });
    expect(row('replica', 'pg')).toMatchObject({
      is_in_recovery: 't',
      is_wal_replay_paused: 'f',
      insert_lsn: null,
      flush_lsn: null,
      receive_lsn: matching(lsnPattern),
      replay_lsn: row('replica', 'pg')?.['lsn'],
      last_replay_time: matching(/^\d+/u),
    });
  });

  test('a replica promoted between planning and running still answers the fatal collector', async () => {
    const sql = collectors.find(({ id }) => id === 'pg')?.variants.find((variant) => variant.role === 'replica')?.sql;
    const session = await openSession(cluster?.dsn(cluster.primary, 'monitor') ?? '');
    try {
      const [found] = rowsOf(await session.query(sql ?? '', { signal: within() }));
      expect(found).toMatchObject({ is_in_recovery: 'f', is_wal_replay_paused: 'f' });
    } finally {
      await session.close();
    }
  });

  test('identity', () => {
    const ours = row('primary', 'pg_meta');
    expect(ours).toMatchObject({
      cluster_name: `pg${major}-1`,
      listen_port: String(cluster?.primary.port),
      ver_num: String(versionNum),
      info: '1',
    });
    expect(row('replica', 'pg_meta')).toMatchObject({ cluster_id: ours?.['cluster_id'], cluster_name: `pg${major}-2` });
    expect(row('replica', 'pg_meta')?.['primary_conninfo']).toMatch(major < 13 ? /^N\/A$/u : /^host=localhost /u);
  });

  test('settings are numbers in base units, and unknown to old versions rather than 0', () => {
    expect(row('primary', 'pg_setting')).toMatchObject({
      max_connections: '60',
      block_size: '8192',
      segment_size: String(2 ** 30),
      wal_segment_size: String(16 * 2 ** 20),
      shared_buffers: String(32 * 2 ** 20),
      max_wal_size: String(256 * 2 ** 20),
      data_checksums: 't',
      fsync: 'f',
      wal_level: '3',
      archive_mode: '1',
      synchronous_commit: '3',
      checkpoint_timeout: matching(/^300(?:\.0+)?$/u),
      max_slot_wal_keep_size: since(13, String(2 ** 30)),
      hugepage_status: since(17, '0'),
      shared_memory_size: since(15, row('primary', 'pg_setting')?.['shared_memory_size'] ?? 'missing'),
      max_parallel_maintenance_workers: since(11, '2'),
      io_method: since(18, '1'),
    });
  });

  test('the standby is seen from both ends', () => {
    expect(row('primary', 'pg_repl')).toMatchObject({
      appname: `pg${major}-2`,
      usename: 'replicator',
      address: '127.0.0.1/32',
      state: '0',
      sync_state: '0',
      replay_diff: matching(/^\d+$/u),
      ...(major >= 12 ? { reply_time: matching(/^\d+/u) } : {}),
    });
    expect(row('primary', 'pg_downstream', { state: 'streaming' })).toMatchObject({ count: '1' });
    expect(row('primary', 'pg_downstream', { state: 'backup' })).toMatchObject({ count: '0' });
    expect(rowsOf(results.replica['pg_downstream'])).toHaveLength(5);
    expect(row('primary', 'pg_sync_standby')).toMatchObject({ names: '<null>', enabled: 'f' });
    expect(row('replica', 'pg_recv')).toMatchObject({
      // The test's sender_host is a name with an address beside it.
      sender_host: 'localhost',
      sender_port: String(cluster?.primary.port),
      slot_name: `pg${major}_2`,
      state: '0',
      flush_tli: '1',
      flush_lsn: matching(lsnPattern),
    });
  });

  test('a physical slot in use and a logical slot left alone', () => {
    expect(row('primary', 'pg_slot', { slot_name: `pg${major}_2` })).toMatchObject({
      slot_type: 'physical',
      plugin: null,
      datname: null,
      active: 't',
      active_pid: row('primary', 'pg_repl')?.['pid'],
      temporary: 'f',
      confirm_lsn: null,
      ...(major >= 13 ? { wal_status: '0' } : {}),
      ...(major >= 17 ? { inactive_since: null, invalidation_reason: '0' } : {}),
    });
    expect(row('primary', 'pg_slot', { slot_name: 'nobody' })).toMatchObject({
      slot_type: 'logical',
      plugin: 'pgoutput',
      datname: 'app',
      active: 'f',
      active_pid: null,
      restart_lsn: matching(lsnPattern),
      confirm_lsn: matching(lsnPattern),
      retained_bytes: matching(/^[1-9]\d*$/u),
      catalog_xmin: matching(/^[1-9]\d*$/u),
      ...(major >= 14 ? { spill_txns: '0', total_bytes: '0', two_phase: 'f' } : {}),
      ...(major >= 16 ? { conflicting: 'f' } : {}),
      ...(major >= 17 ? { inactive_since: matching(/^\d+/u), failover: 'f' } : {}),
    });
    expect(row('replica', 'pg_slot')?.['slot_name']).toBe(major >= 16 ? 'on_replica' : undefined);
  });

  test('an idle transaction and the lock it holds', () => {
    const idle = row('primary', 'pg_activity', { datname: 'app', state: 'idle in transaction' });
    expect(idle?.['count']).toBe('1');
    for (const age of ['max_duration', 'max_tx_duration', 'max_conn_duration']) {
      expect(Number(idle?.[age])).toBeGreaterThan(0);
    }
    expect(row('primary', 'pg_activity', { datname: 'app', state: 'disabled' })).toMatchObject({
      count: '0',
      max_duration: '0',
      max_tx_duration: '0',
      max_conn_duration: '0',
    });
    expect(rowsOf(results.primary['pg_activity'])).toHaveLength(2 * 6);
    expect(row('primary', 'pg_lock', { datname: 'app', mode: 'AccessExclusiveLock' })).toMatchObject({ count: '1' });
    expect(rowsOf(results.primary['pg_lock'])).toHaveLength(2 * 8);
  });

  test('databases, sizes, archiving, TLS and WAL', () => {
    const app = row('primary', 'pg_db', { datname: 'app' });
    expect(app).toMatchObject({
      is_template: 'f',
      allow_conn: 't',
      numbackends: '1',
      ...(major >= 12 ? { cks_fails: '0', cks_fail_time: null } : {}),
    });
    expect(Number(app?.['tup_inserted'])).toBeGreaterThan(0);
    expect(Number(app?.['xact_total'])).toBe(Number(app?.['xact_commit']) + Number(app?.['xact_rollback']));

    for (const datname of ['app', 'postgres', 'template0', 'wal', 'log']) {
      expect(Number(row('primary', 'pg_size', { datname })?.['bytes'])).toBeGreaterThan(0);
    }
    expect(row('primary', 'pg_archiver')).toMatchObject({ failed_count: '0', failed_time: null });
    expect(Number(row('primary', 'pg_archiver')?.['finish_count'])).toBeGreaterThan(0);
    // The WAL sender and this session use TLS, the lock holder a Unix socket; the server's own processes do not count.
    expect(row('primary', 'pg_ssl')).toMatchObject({ enabled: '2', disabled: '1' });
    expect(row('primary', 'pg_wal')?.['bytes']).toEqual(major >= 14 ? matching(/^[1-9]\d*$/u) : undefined);
  });

  test('a replica says what its recovery needs and has done', () => {
    expect(row('replica', 'pg_recovery')).toMatchObject({
      min_timeline: '1',
      min_lsn: matching(lsnPattern),
      backup_start_lsn: '0',
      backup_end_lsn: '0',
      require_record: 'f',
    });
    expect(row('replica', 'pg_recovery_prefetch')?.['skip_fpw']).toEqual(major >= 15 ? matching(/^\d+$/u) : undefined);
    expect(row('replica', 'pg_db_confl', { datname: 'app' })).toMatchObject({
      confl_lock: '0',
      confl_snapshot: '0',
      ...(major >= 16 ? { confl_active_logicalslot: '0' } : {}),
    });
    expect(row('replica', 'pg_timeline')).toEqual({ id: '1' });
    expect(row('replica', 'pg_checkpoint')).toMatchObject({ tli: '1', oldest_active_xid: '0' });
    expect(row('replica', 'pg_xact')).toMatchObject({ xmin: matching(lsnPattern) });
    expect(row('replica', 'pg_table', { relname: 'app.account' })).toMatchObject({ datname: 'app', kind: '114' });
    expect(row('replica', 'pg_table_size', { relname: 'app.account' })).toMatchObject({ toastsize: '0' });
  });

  test('the collectors that are off by default read what the operator provides', () => {
    for (const kind of ['table', 'index']) {
      expect(rowsOf(results.primary[`pg_${kind}_bloat`])).toEqual([
        { datname: 'app', relname: 'app.account', size: '8192', ratio: '0.25' },
      ]);
    }
    expect(rowsOf(results.primary['pg_heartbeat'])).toEqual([
      { cluster_name: 'pg', ts: matching(/^1795293199(?:\.0+)?$/u), lsn: '4096', txid: '700' },
    ]);
    expect(rowsOf(results.primary['pg_origin'])).toEqual([
      { roname: 'elsewhere', remote_lsn: '4096', local_lsn: matching(lsnPattern) },
    ]);
    const free = row('primary', 'pg_shmem', { name: 'Free' });
    expect(free?.['allocated_size']).toEqual(major >= 13 ? matching(/^[1-9]\d*$/u) : undefined);
  });

  test('the heartbeat is asked for only where its table is', async () => {
    const [predicate] = collectors.find(({ id }) => id === 'pg_heartbeat')?.predicates ?? [];
    const dsn = cluster?.dsn(cluster.primary, 'monitor') ?? '';
    expect((await ask(dsn, predicate?.sql ?? '')).rows).toEqual([['t']]);
    expect((await ask(dsn, predicate?.sql ?? '', 'app')).rows).toEqual([['f']]);
  });

  test('a promoted server tells its new timeline before its first checkpoint', async () => {
    if (cluster === undefined) return;
    const sql = collectors.find(({ id }) => id === 'pg_timeline')?.variants[0]?.sql ?? '';
    await cluster.replica.promote();
    expect((await ask(cluster.dsn(cluster.replica, 'monitor'), sql)).rows).toEqual([['2']]);
  });

  if (major < 13) return;

  test.each([
    [`host=h password=x11leak user=u`, 'host=h password=*** user=u'],
    [`host=h password='x11 lea''k' user=u`, 'host=h password=*** user=u'],
    [`host=h password = 'x11 \\' leak' sslpassword=x11leak`, 'host=h password = *** sslpassword=***'],
    [`host=h password=x11\\ leak&x11 user=u`, 'host=h password=*** user=u'],
    [`postgresql://u:x11leak@h:5432/d?sslmode=require`, 'postgresql://u:***@h:5432/d?sslmode=require'],
    [
      `postgres://u@h/d?password=x11leak&sslpassword=x11&sslmode=require`,
      'postgres://u@h/d?password=***&sslpassword=***&sslmode=require',
    ],
  ])('a password in primary_conninfo stays in the server: %s', async (conninfo, shown) => {
    if (cluster === undefined) return;
    cluster.primary.setSettings({ wal_level: 'logical', primary_conninfo: conninfo });
    await cluster.primary.reload();
    const session = await openSession(cluster.dsn(cluster.primary, 'monitor'));
    try {
      const sql = collectors.find(({ id }) => id === 'pg_meta')?.variants[0]?.sql ?? '';
      const [found] = rowsOf(await session.query(sql, { signal: within() }));
      expect(found?.['primary_conninfo']).toBe(shown);
    } finally {
      await session.close();
    }
  });
});

/** A logical slot, on the replica a slot where it may have one, an archived segment, and a write both ends have seen. */
async function makeEventful(cluster: DemoCluster): Promise<void> {
  const { primary, replica, versionNum } = cluster;
  for (const node of [primary, replica]) {
    // Autovacuum would be counted among the sessions, whenever it comes round.
    node.setSettings({ wal_level: 'logical', autovacuum: 'off' });
    await node.restart();
  }
  await provideStandIns(cluster);
  await cluster.admin(primary, 'app').exec(`SELECT pg_create_logical_replication_slot('nobody', 'pgoutput')`);
  if (versionNum >= 160000) {
    await cluster.admin(replica).exec(`SELECT pg_create_physical_replication_slot('on_replica', true)`);
  }
  await cluster.admin(primary, 'app').exec(`INSERT INTO app.account (id) VALUES (1000)`);
  const written = await cluster.admin(primary).rows(`SELECT pg_switch_wal() AS at`);
  const caughtUp = await waitFor(
    async () => {
      const [standby] = await cluster.admin(primary).rows(
        `SELECT
           (SELECT count(*) FROM pg_stat_replication
            WHERE state = 'streaming' AND replay_lsn >= '${written[0]?.['at'] ?? ''}') AS standbys,
           (SELECT archived_count FROM pg_stat_archiver) AS archived`,
      );
      return standby?.['standbys'] === '1' && Number(standby['archived']) > 0 ? true : undefined;
    },
    { timeoutMs: 120_000, everyMs: 50 },
  );
  if (caughtUp === undefined) throw new Error(`${replica.name} did not catch up; see ${replica.logFile}`);
}

const bloat = (kind: string): string => `
  CREATE VIEW public.pg_${kind}_bloat AS
    SELECT current_database() AS datname, 'app'::name AS nspname, 'account'::name AS relname,
      8192::bigint AS size, 0.25::float8 AS ratio;
  GRANT SELECT ON public.pg_${kind}_bloat TO pg_monitor;`;

/** What an operator makes before switching on the collectors that are off by default. */
async function provideStandIns(cluster: DemoCluster): Promise<void> {
  const { primary, versionNum } = cluster;
  await cluster.admin(primary, 'app').exec(`${bloat('table')}${bloat('index')}`);
  await cluster.admin(primary).exec(`
    CREATE SCHEMA monitor;
    GRANT USAGE ON SCHEMA monitor TO pg_monitor;
    CREATE TABLE monitor.heartbeat (id text PRIMARY KEY, ts timestamptz, lsn bigint, txid bigint);
    GRANT SELECT ON monitor.heartbeat TO pg_monitor;
    INSERT INTO monitor.heartbeat VALUES ('pg', '2026-11-21 20:33:19+00', 4096, 700);
    SELECT pg_replication_origin_create('elsewhere');
    SELECT pg_replication_origin_advance('elsewhere', '0/1000')`);
  if (versionNum >= 130000) {
    await cluster.admin(primary).exec(`
      CREATE FUNCTION monitor.pg_shmem() RETURNS SETOF pg_shmem_allocations
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT * FROM pg_shmem_allocations'`);
  }
  for (const { since = 0, superuserUntil, grants } of Object.values(morePrivileges)) {
    if (versionNum >= Math.max(since, superuserUntil)) await cluster.admin(primary).exec(grants);
  }
}
