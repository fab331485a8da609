import { ourCollectors } from '@pgattest/catalog';
import { startDemoCluster, type DemoCluster, type DemoNode } from '@pgattest/lab';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serverDir, serverMajors } from '../servers/binaries.ts';
import { superuserPassword } from './busy-server.ts';
import { Sessions, until } from './eventful-server.ts';
import { ask, rowsOf, type Row } from './postgres-session.ts';
import { variantFor } from './server-role.ts';
import { isRunnable, morePrivileges } from './unrunnable.ts';

/*
 * What our own collectors say of a server in trouble, asked by pgattest_monitor: waits behind waits, settings that wait
 * for a restart, an archive that fails, a synchronous standby that goes away, transactions nobody ends.
 */

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const number = matching(/^\d+(?:\.\d+)?$/u);
const positive = matching(/^[1-9]\d*$/u);

describe.each(serverMajors)('on PostgreSQL %i', { timeout: 300_000 }, (major) => {
  let cluster: DemoCluster;
  let sessions: Sessions | undefined;

  beforeAll(async () => {
    cluster = await startDemoCluster({ serverDir: serverDir(major), name: `ours${major}`, durable: false });
    // Autovacuum would be counted among what runs and use transaction ids, whenever it comes round.
    const settings = { max_prepared_transactions: 5, wal_level: 'logical', autovacuum: 'off' };
    for (const node of cluster.nodes) node.setSettings(settings);
    await cluster.replica.restart();
    await cluster.primary.restart();
  }, 300_000);

  afterAll(async () => {
    await cluster.stop();
  }, 300_000);

  afterEach(async () => {
    await sessions?.end();
    sessions = undefined;
  });

  async function read(id: string, node: DemoNode = cluster.primary, database?: string): Promise<readonly Row[]> {
    const role = node === cluster.primary ? 'primary' : 'replica';
    const collector = ourCollectors.find((found) => found.id === id);
    const variant = collector && variantFor(collector, cluster.versionNum, role);
    return variant === undefined ? [] : rowsOf(await ask(cluster.dsn(node, 'monitor'), variant.sql, database));
  }

  async function one(id: string, node?: DemoNode): Promise<Row> {
    const [row, ...more] = await read(id, node);
    expect({ id, more }).toEqual({ id, more: [] });
    return row ?? {};
  }

  /** Sessions that end with the test. */
  function begin(): Sessions {
    sessions = new Sessions(cluster, cluster.primary);
    return sessions;
  }

  const admin = (node: DemoNode = cluster.primary): ReturnType<DemoCluster['admin']> => cluster.admin(node);

  /** Sets and reloads, and waits until sessions see it. */
  async function set(name: string, shown: string): Promise<void> {
    cluster.primary.setSettings({ [name]: shown });
    await cluster.primary.reload();
    await until(async () => {
      const [row] = await admin().rows(`SELECT current_setting('${name}') AS value`);
      return row?.['value'] === shown;
    }, `${name} does not become ${shown}`);
  }

  const setNames = async (names: string): Promise<void> => set('synchronous_standby_names', names);
  const quorum = async (): Promise<Row> => one('pg_sync_quorum');
  const candidates = async (): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries((await read('pg_sync_candidate')).map(({ name, state }) => [name ?? '', state ?? '']));
  const archived = async (name: string): Promise<void> =>
    until(async () => {
      const [row] = await admin().rows(`SELECT last_archived_wal >= '${name}' AS done FROM pg_stat_archiver`);
      return row?.['done'] === 't';
    }, `${name} is not archived`);
  const holder = async (kind: string): Promise<Row | undefined> =>
    (await read('pg_xmin_holder')).find((row) => row['kind'] === kind);
  const archive = async (): Promise<Row> => one('pg_archive');
  /** Ends the current segment and tells its name. */
  const switchWal = async (): Promise<string> => {
    await admin().exec('SELECT txid_current()');
    const [row] = await admin().rows('SELECT pg_walfile_name(pg_switch_wal()) AS name');
    return row?.['name'] ?? '';
  };

  test('three sessions in a chain of waits, and who is at its root', async () => {
    const work = begin();
    expect(await one('pg_blocked')).toEqual({
      sessions: '0',
      longest_wait_seconds: '0',
      longest_chain_sessions: '0',
      root_sessions: '0',
    });
    expect(await read('pg_root_blocker')).toEqual([]);

    await work.run('BEGIN', 'UPDATE app.account SET balance = 1 WHERE id = 1');
    await work.leave(
      'UPDATE app.account SET balance = 1 WHERE id = 1',
      'BEGIN',
      'UPDATE app.account SET balance = 1 WHERE id = 2',
    );
    await until(async () => (await one('pg_blocked'))['sessions'] === '1', 'the second session does not wait');
    await work.leave('UPDATE app.account SET balance = 1 WHERE id = 2', 'BEGIN');
    await until(async () => (await one('pg_blocked'))['sessions'] === '2', 'the third session does not wait');

    expect(await one('pg_blocked')).toEqual({
      sessions: '2',
      longest_wait_seconds: number,
      longest_chain_sessions: '3',
      root_sessions: '1',
    });
    expect(await read('pg_root_blocker')).toEqual([
      {
        datname: 'app',
        usename: 'postgres',
        state: 'idle in transaction',
        root_sessions: '1',
        blocked_sessions: '2',
        oldest_transaction_seconds: number,
      },
    ]);
    expect(await read('pg_idle_transaction')).toEqual([
      {
        datname: 'app',
        usename: 'postgres',
        sessions: '1',
        longest_idle_seconds: number,
        oldest_transaction_seconds: number,
      },
    ]);
    const backend = (await read('pg_xmin_holder')).find(({ kind }) => kind === 'backend');
    expect(backend).toEqual({ kind: 'backend', holders: '3', age_xids: positive, age_seconds: number });
  });

  test('a prepared transaction holds up others and is old', async () => {
    const work = begin();
    const none = { datname: 'app', transactions: '0', oldest_age_seconds: null };
    expect((await read('pg_prepared_transaction')).find(({ datname }) => datname === 'app')).toEqual(none);
    const app = cluster.admin(cluster.primary, 'app');
    await app.exec(`BEGIN; UPDATE app.account SET balance = 2 WHERE id = 3; PREPARE TRANSACTION 'left'`);
    try {
      await work.leave('UPDATE app.account SET balance = 1 WHERE id = 3');
      await until(
        async () => (await one('pg_blocked'))['sessions'] === '1',
        'nobody waits for the prepared transaction',
      );
      expect(await one('pg_blocked')).toMatchObject({ longest_chain_sessions: '2', root_sessions: '1' });
      expect(await read('pg_root_blocker')).toEqual([
        {
          datname: '',
          usename: '',
          state: 'prepared transaction',
          root_sessions: '1',
          blocked_sessions: '1',
          oldest_transaction_seconds: null,
        },
      ]);
      expect((await read('pg_prepared_transaction')).find(({ datname }) => datname === 'app')).toEqual({
        datname: 'app',
        transactions: '1',
        oldest_age_seconds: number,
      });
      const held = (await read('pg_xmin_holder')).find(({ kind }) => kind === 'prepared');
      expect(held).toEqual({ kind: 'prepared', holders: '1', age_xids: positive, age_seconds: number });
    } finally {
      await app.exec(`ROLLBACK PREPARED 'left'`);
    }
  });

  test('thirty sessions in one queue are counted, and followed to the end of what is followed', async () => {
    const work = begin();
    await work.run('BEGIN', 'SELECT pg_advisory_xact_lock(9)');
    await Promise.all(Array.from({ length: 30 }, async () => work.leave('SELECT pg_advisory_xact_lock(9)')));
    await until(async () => (await one('pg_blocked'))['sessions'] === '30', 'not all thirty wait');
    expect(await one('pg_blocked')).toMatchObject({ longest_chain_sessions: '16', root_sessions: '1' });
    expect((await read('pg_root_blocker'))[0]).toMatchObject({ root_sessions: '1', blocked_sessions: '30' });
  });

  test('a kind that holds nothing back says so', async () => {
    const kinds = (await read('pg_xmin_holder')).map(({ kind, holders, age_xids }) => [kind, holders, age_xids]);
    expect(kinds).toContainEqual(['prepared', '0', null]);
    expect(kinds).toContainEqual(['slot_catalog', '0', null]);
    expect(kinds).toHaveLength(5);
  });

  test('standby feedback without a slot is the standby, through a slot the slot', async () => {
    cluster.replica.setSettings({ hot_standby_feedback: 'on' });
    await cluster.replica.reload();
    await until(async () => (await holder('slot'))?.['holders'] === '1', 'the slot holds nothing back');
    expect(await holder('standby')).toMatchObject({ holders: '0', age_xids: null });
    cluster.replica.setSettings({ hot_standby_feedback: undefined });
    await cluster.replica.reload();
    await until(async () => (await holder('slot'))?.['holders'] === '0', 'the slot still holds back');
  });

  test('a setting that waits for a restart is counted and named', async () => {
    expect(await one('pg_pending_restart')).toEqual({ settings: '0' });
    expect(await read('pg_pending_restart_setting')).toEqual([]);
    try {
      cluster.primary.setSettings({ max_connections: 61 });
      await cluster.primary.reload();
      await until(async () => (await one('pg_pending_restart'))['settings'] === '1', 'nothing waits for a restart');
      expect(await read('pg_pending_restart_setting')).toEqual([{ name: 'max_connections', info: '1' }]);
      const grants = morePrivileges['pg_config_file']?.grants ?? '';
      await admin().exec(grants);
      // It waits, which is no error.
      expect(await one('pg_config_file')).toMatchObject({ error_lines: '0' });
    } finally {
      cluster.primary.setSettings({ max_connections: undefined });
      await cluster.primary.reload();
    }
  });

  test('files are read once the role may, and their errors counted', async () => {
    const files = ['pg_config_file', 'pg_hba_file', ...(major >= 15 ? ['pg_ident_file'] : [])];
    const allowed = async (id: string): Promise<unknown> => {
      const [predicate] = ourCollectors.find((found) => found.id === id)?.predicates ?? [];
      return (await ask(cluster.dsn(cluster.primary, 'monitor'), predicate?.sql ?? '')).rows;
    };
    expect(await allowed('pg_hba_file')).toEqual([['f']]);
    for (const id of files) await admin().exec(morePrivileges[id]?.grants ?? '');
    for (const id of files) expect([id, await allowed(id)]).toEqual([id, [['t']]]);

    const hba = cluster.primary.readHba();
    const before = await one('pg_hba_file');
    expect(before).toEqual({ rules: positive, error_lines: '0' });
    cluster.primary.appendHba('host all all 10.0.0.0/33 scram-sha-256', 'host everywhere');
    expect(await one('pg_hba_file')).toEqual({ rules: before['rules'], error_lines: '2' });
    cluster.primary.setHba(hba);

    const parts = await one('pg_config_file');
    expect(parts).toEqual({ files: matching(/^[12]$/u), error_lines: '0' });
    cluster.primary.setSettings({ work_mem: 'much', statement_timeout: 'soon' });
    try {
      expect(await one('pg_config_file')).toMatchObject({ error_lines: '2' });
    } finally {
      cluster.primary.setSettings({ work_mem: undefined, statement_timeout: undefined });
    }
    if (major < 15) return;
    expect(await one('pg_ident_file')).toEqual({ mappings: '0', error_lines: '0' });
    const ident = join(cluster.primary.dataDir, 'pg_ident.conf');
    writeFileSync(ident, 'map os db\nmap only_two\n');
    expect(await one('pg_ident_file')).toEqual({ mappings: '1', error_lines: '1' });
    writeFileSync(ident, '');
  });

  test('archiving that works, that fails and that works again', async () => {
    const behind = async (): Promise<number> => Number((await archive())['lag_bytes']);
    const segment = 16 * 2 ** 20;
    await archived(await switchWal());
    expect(await archive()).toMatchObject({ enabled: 't', failing: 'f', last_archived_age_seconds: number });
    expect(await behind()).toBeLessThan(segment);
    const ready = ({ ready_segments, ready_bytes, oldest_ready_age_seconds }: Row): readonly unknown[] =>
      [ready_segments, ready_bytes, oldest_ready_age_seconds].slice(0, major >= 12 ? 3 : 0);
    const whereKnown = (...values: readonly unknown[]): readonly unknown[] => values.slice(0, major >= 12 ? 3 : 0);
    expect(ready(await archive())).toEqual(whereKnown('0', '0', '0'));

    cluster.primary.setSettings({
      archive_command: 'false',
      ...(major >= 15 ? { archive_library: '' } : {}),
    });
    await cluster.primary.reload();
    try {
      for (let segments = 0; segments < 3; segments += 1) await switchWal();
      await until(async () => (await archive())['failing'] === 't', 'archiving does not fail');
      const row = await archive();
      const lag = Number(row['lag_bytes']);
      expect(lag).toBeGreaterThanOrEqual(3 * segment);
      expect(lag).toBeLessThan(4 * segment);
      expect(ready(row)).toEqual(whereKnown('3', String(3 * segment), number));
      // Without a name to count from, the waiting segments say it.
      await admin().exec(`SELECT pg_stat_reset_shared('archiver')`);
      await until(async () => (await archive())['last_archived_age_seconds'] === null, 'statistics are not reset');
      const counted = (await archive())['lag_bytes'];
      expect(counted === null ? undefined : Math.floor(Number(counted) / segment)).toBe(major >= 12 ? 3 : undefined);
    } finally {
      cluster.primary.setSettings({ archive_command: undefined, archive_library: undefined });
      await cluster.primary.reload();
    }
    // After three failures the archiver rests for a minute, unless another segment wakes it.
    await archived(await switchWal());
    expect(await archive()).toMatchObject({ failing: 'f' });
    expect(await behind()).toBeLessThan(segment);
  });

  test('a replica that does not archive has no lag of it', async () => {
    expect(await one('pg_archive', cluster.replica)).toMatchObject({
      enabled: 'f',
      failing: null,
      lag_bytes: null,
      last_archived_age_seconds: null,
      ...(major >= 12 ? { ready_segments: null, ready_bytes: null, oldest_ready_age_seconds: null } : {}),
    });
  });

  describe('synchronous standbys', () => {
    const name = `ours${major}-2`;

    afterAll(async () => {
      await setNames('');
    });

    test('none is asked for', async () => {
      expect(await quorum()).toEqual({
        method: '0',
        required_standbys: '0',
        present_standbys: '0',
        candidate_standbys: '0',
        waiting_sessions: '0',
      });
      expect(await candidates()).toEqual({});
      await until(
        async () => (await read('pg_standby'))[0]?.['streaming_connections'] === '1',
        'the standby does not stream',
      );
      expect(await read('pg_standby')).toEqual([
        {
          appname: name,
          connections: '1',
          streaming_connections: '1',
          connected_seconds: number,
          flush_lag_bytes: number,
          replay_lag_bytes: number,
          replay_lag_seconds: number,
        },
      ]);
    });

    test('a connection that has reported nothing yet has no lag, not none', async () => {
      // As Patroni greets its primary before it copies or rewinds.
      const settings = {
        host: cluster.socketDir,
        port: cluster.primary.port,
        user: 'postgres',
        password: superuserPassword(cluster),
        database: 'postgres',
        replication: 'database',
        application_name: 'greets only',
      };
      const client = new Client(settings);
      await client.connect();
      try {
        const rows = await read('pg_standby');
        expect(rows.find(({ appname }) => appname === 'greets only')).toEqual({
          appname: 'greets only',
          connections: '1',
          streaming_connections: '0',
          connected_seconds: number,
          flush_lag_bytes: null,
          replay_lag_bytes: null,
          replay_lag_seconds: null,
        });
      } finally {
        await client.end();
      }
    });

    test.each([
      [`"${name}"`, '1', { [name]: '3' }],
      [`"OURS${major}-2" , second`, '1', { [`OURS${major}-2`]: '3', second: '0' }],
      [`FIRST 2 ("with ""quote"" (and) , comma", "${name}")`, '2', { 'with "quote" (and) , comma': '0', [name]: '3' }],
      [`2(one,"${name}",three)`, '2', { one: '0', [name]: '3', three: '0' }],
      ['*', '1', { '*': '3' }],
    ])('first: %s', async (names, required, expected) => {
      await setNames(names);
      await until(async () => (await quorum())['present_standbys'] === '1', 'the standby is not synchronous');
      expect(await quorum()).toMatchObject({ method: '1', required_standbys: required, candidate_standbys: '1' });
      expect(await candidates()).toEqual(expected);
    });

    test('any: too few are there, and a commit waits', async () => {
      const work = begin();
      await setNames(`any 2 ("${name}", absent)`);
      await until(async () => (await candidates())[name] === '4', 'the standby is no quorum');
      expect(await quorum()).toMatchObject({ method: '2', required_standbys: '2', present_standbys: '1' });
      expect(await candidates()).toEqual({ [name]: '4', absent: '0' });
      await work.leave('UPDATE app.account SET balance = 5 WHERE id = 5');
      await until(async () => (await quorum())['waiting_sessions'] === '1', 'the commit does not wait');
      await setNames('');
      await until(async () => (await quorum())['waiting_sessions'] === '0', 'the commit still waits');
    });

    test('the standby goes away', async () => {
      await setNames(`"${name}"`);
      await cluster.replica.stop();
      try {
        await until(async () => (await candidates())[name] === '0', 'the standby is still there');
        expect(await quorum()).toMatchObject({
          required_standbys: '1',
          present_standbys: '0',
          candidate_standbys: '0',
        });
        expect(await read('pg_standby')).toEqual([]);
      } finally {
        await setNames('');
        await cluster.replica.start();
      }
    });
  });

  test('every database has its age against the limits, and ids are counted without using one', async () => {
    const rows = await read('pg_freeze');
    expect(rows.map(({ datname }) => datname)).toEqual(expect.arrayContaining(['app', 'template0', 'template1']));
    const [row] = rows;
    const [limit] = await admin().rows(`SELECT current_setting('autovacuum_freeze_max_age') AS value`);
    expect(Number(row?.['autovacuum_ratio'])).toBeCloseTo(Number(row?.['age_xids']) / Number(limit?.['value']), 12);
    expect(Number(row?.['age_xids']) + Number(row?.['remaining_xids'])).toBe(2 ** 31 - 1);
    expect(Number(row?.['age_multixacts']) + Number(row?.['remaining_multixacts'])).toBe(2 ** 31 - 1);

    const used = async (node = cluster.primary): Promise<number> =>
      Number((await one('pg_freeze_consumed', node))['xids_total']);
    const before = await used();
    expect(await used()).toBe(before);
    await admin().exec('SELECT txid_current()');
    expect(await used()).toBe(before + 1);
    expect(Number((await one('pg_freeze_consumed'))['multixacts_total'])).toBeGreaterThan(0);
    expect(await used(cluster.replica)).toBeGreaterThan(0);
  });

  if (!isRunnable('pg_extension', major * 10_000)) return;

  test('an extension older than its files is outdated', async () => {
    const app = cluster.admin(cluster.primary, 'app');
    await app.exec(`CREATE EXTENSION hstore VERSION '1.4'`);
    const found = await read('pg_extension', cluster.primary, 'app');
    expect(found.find(({ name }) => name === 'hstore')).toEqual({
      datname: 'app',
      name: 'hstore',
      version: '1.4',
      available: matching(/^1\.[5-9]$/u),
      info: '1',
      outdated: 't',
    });
    expect(found.find(({ name }) => name === 'plpgsql')).toMatchObject({
      version: '1.0',
      available: '1.0',
      outdated: 'f',
    });
    await app.exec('ALTER EXTENSION hstore UPDATE');
    const after = await read('pg_extension', cluster.primary, 'app');
    expect(after.find(({ name }) => name === 'hstore')).toMatchObject({ outdated: 'f' });
  });

  if (major < 17) return;

  test('slots that survive a failover: made, synchronised, ready', async () => {
    const { primary, replica } = cluster;
    primary.appendHba('hostssl postgres replicator 127.0.0.1/32 scram-sha-256');
    await admin().exec('GRANT CONNECT ON DATABASE postgres TO replicator');
    expect(await one('pg_failover_slot')).toEqual({ slots: '0', invalidated_slots: '0', missing_standby_slots: '0' });
    expect(await one('pg_failover_slot', replica)).toEqual({
      slots: '0',
      invalidated_slots: '0',
      ready_slots: '0',
      sync_enabled: 'f',
    });
    await admin().exec(`SELECT pg_create_logical_replication_slot('kept', 'pgoutput', false, false, true)`);
    const listed = `ours${major}_2, nobody`;
    await set('synchronized_standby_slots', listed);
    await until(
      async () => (await one('pg_failover_slot'))['missing_standby_slots'] === '1',
      'the slot of the standby is missing too',
    );
    expect(await one('pg_failover_slot')).toEqual({ slots: '1', invalidated_slots: '0', missing_standby_slots: '1' });
    // Its decoding would wait for the one that is missing.
    await set('synchronized_standby_slots', '');

    const [conninfo] = await admin(replica).rows(`SELECT current_setting('primary_conninfo') AS value`);
    replica.setSettings({
      sync_replication_slots: 'on',
      hot_standby_feedback: 'on',
      primary_conninfo: `${conninfo?.['value'] ?? ''} dbname=postgres`,
    });
    await replica.restart();
    await until(async () => {
      // A copy is ready once the primary's slot is not older than what this replica still has.
      await admin().exec(`SELECT pg_replication_slot_advance('kept', pg_current_wal_lsn())`);
      return (await one('pg_failover_slot', replica))['ready_slots'] === '1';
    }, `the slot is not ready; see ${replica.logFile}`);
    expect(await one('pg_failover_slot', replica)).toEqual({
      slots: '1',
      invalidated_slots: '0',
      ready_slots: '1',
      sync_enabled: 't',
    });
    // The logical slot, and the standby's own: hot_standby_feedback passes on what its copy of that slot still needs.
    await until(
      async () => (await read('pg_xmin_holder')).find(({ kind }) => kind === 'slot_catalog')?.['holders'] === '2',
      'the slot of the standby holds no catalog row',
    );
  });
});
