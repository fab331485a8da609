import type { PgSession } from '@pgattest/connect';
import { waitFor, type DemoCluster } from '@pgattest/lab';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { openSession, within } from './postgres-session.ts';

/** A server at work, and the way to end that work. */
export interface BusyServer {
  end(): Promise<void>;
}

type Admin = ReturnType<DemoCluster['admin']>;

/** Rows of the table that is vacuumed slowly: enough pages for the test to see it at work. */
const dustyRows = 60_000;

/** Restarts with what the objects need, and makes them: tables, sequences, functions, publications, subscriptions. */
export async function prepareObjects(cluster: DemoCluster): Promise<void> {
  const { primary } = cluster;
  // Autovacuum would be counted among what runs, whenever it comes round.
  primary.setSettings({
    wal_level: 'logical',
    max_prepared_transactions: 5,
    track_functions: 'all',
    autovacuum: 'off',
  });
  primary.appendHba(
    'hostssl copy pgattest_monitor 127.0.0.1/32 scram-sha-256',
    'local replication postgres scram-sha-256',
  );
  await primary.restart();
  await cluster.admin(primary, 'app').exec(objectsSql(cluster.versionNum));
  for (const name of ['first', 'second']) await cluster.admin(primary, 'app').exec(`SELECT app.${name}(20)`);
  await callAsApplication(cluster);
  await subscribe(cluster);
}

function objectsSql(versionNum: number): string {
  const since = (version: number, sql: string): string => (versionNum >= version ? sql : '');
  return `
    CREATE TABLE app.part (id integer, note text) PARTITION BY RANGE (id);
    CREATE TABLE app.part_low PARTITION OF app.part FOR VALUES FROM (0) TO (10);
    ${since(110000, `CREATE TABLE app.part_rest PARTITION OF app.part DEFAULT; INSERT INTO app.part SELECT generate_series(1, 42)`)};
    CREATE TABLE app.wide (id integer PRIMARY KEY, body text);
    ALTER TABLE app.wide ALTER body SET STORAGE EXTERNAL;
    INSERT INTO app.wide SELECT g, repeat('x', 10000) FROM generate_series(1, 20) AS g;
    CREATE MATERIALIZED VIEW app.summary AS SELECT count(*) AS accounts FROM app.account;
    CREATE TABLE _hidden_probe (id integer);
    CREATE SCHEMA _private; CREATE TABLE _private.unseen (id integer PRIMARY KEY);
    CREATE SEQUENCE app.readable; SELECT nextval('app.readable') FROM generate_series(1, 3);
    CREATE SEQUENCE app.closed; SELECT nextval('app.closed');
    CREATE SEQUENCE app.changing; SELECT nextval('app.changing');
    GRANT USAGE ON SCHEMA app TO pgattest_monitor;
    GRANT SELECT ON app.readable, app.changing TO pgattest_monitor;
    CREATE FUNCTION app.first(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN PERFORM app.second(n); RETURN n; END';
    CREATE FUNCTION app.second(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN PERFORM count(*) FROM generate_series(1, 10000 * n); RETURN n; END';
    CREATE FUNCTION app.second(n text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN n; END';
    SELECT app.second('x');
    CREATE EXTENSION file_fdw;
    CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
    CREATE FOREIGN TABLE app.elsewhere (line text) SERVER files OPTIONS (filename '/dev/null');
    CREATE PUBLICATION two FOR TABLE app.account, app.ledger;
    CREATE PUBLICATION nothing WITH (publish = 'insert');
    CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
    ${since(
      130000,
      `
      CREATE PUBLICATION leaves FOR TABLE app.part WITH (publish = 'insert');
      CREATE PUBLICATION root FOR TABLE app.part WITH (publish = 'insert', publish_via_partition_root = true);
      CREATE PUBLICATION root_and_leaf FOR TABLE app.part, app.part_low WITH (publish = 'insert', publish_via_partition_root = true);
      CREATE PUBLICATION all_roots FOR ALL TABLES WITH (publish = 'insert', publish_via_partition_root = true)`,
    )};
    ${since(
      150000,
      `
      CREATE PUBLICATION schema_leaves FOR TABLES IN SCHEMA app WITH (publish = 'insert');
      CREATE PUBLICATION schema_roots FOR TABLES IN SCHEMA app WITH (publish = 'insert', publish_via_partition_root = true)`,
    )};
    CREATE TABLE app.dusty (id integer, filler text) WITH (autovacuum_enabled = false);
    INSERT INTO app.dusty SELECT g, repeat('x', 100) FROM generate_series(1, ${dustyRows}) AS g;
    CREATE TABLE app.indexed (id integer);
    CREATE TABLE app.rewritten (id integer);
    INSERT INTO app.rewritten SELECT generate_series(1, 500);
    CREATE FUNCTION app.pass_gate(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN n; END';
    CREATE INDEX ON app.rewritten (app.pass_gate(id));
    ANALYZE`;
}

/** Statements of an ordinary role, called often enough to be among the top. */
async function callAsApplication(cluster: DemoCluster): Promise<void> {
  const session = await openSession(cluster.dsn(cluster.primary, 'app'));
  try {
    await session.query('SET enable_seqscan = off', { signal: within() });
    for (let id = 1; id <= 7; id += 1) {
      await session.query(`SELECT balance FROM app.account WHERE id = ${id}`, { signal: within() });
    }
  } finally {
    await session.close();
  }
}

/** Database `copy` with a subscription to `app` on the same server, and one that is switched off. */
async function subscribe(cluster: DemoCluster): Promise<void> {
  const { primary } = cluster;
  // On its own server a subscription cannot make its slot: creating one waits for the transaction that subscribes.
  await cluster.admin(primary, 'app').exec(`SELECT pg_create_logical_replication_slot('working', 'pgoutput')`);
  await cluster.admin(primary).exec(`CREATE DATABASE copy`);
  const copy = cluster.admin(primary, 'copy');
  const conninfo = `host=${cluster.socketDir} port=${primary.port} dbname=app user=postgres password=${superuserPassword(cluster)}`;
  await copy.exec(`
    CREATE SCHEMA app;
    CREATE TABLE app.account (id integer PRIMARY KEY, balance bigint NOT NULL);
    CREATE TABLE app.ledger (id bigint PRIMARY KEY, account_id integer, amount integer, booked_at timestamptz)`);
  await copy.exec(
    `CREATE SUBSCRIPTION working CONNECTION '${conninfo}' PUBLICATION two WITH (create_slot = false, slot_name = 'working')`,
  );
  await copy.exec(
    `CREATE SUBSCRIPTION resting CONNECTION '${conninfo}' PUBLICATION two WITH (connect = false, enabled = false, slot_name = NONE)`,
  );
  await until(
    copy,
    `SELECT count(*) = 2 AS done FROM pg_subscription_rel WHERE srsubstate = 'r'`,
    'the first copy of the subscription did not finish',
  );
  await until(
    copy,
    `SELECT count(*) = 1 AS done FROM pg_stat_subscription WHERE subname = 'working' AND latest_end_lsn IS NOT NULL`,
    'the subscription does not stream',
  );
}

export function superuserPassword(cluster: DemoCluster): string {
  return readFileSync(cluster.passfile('superuser'), 'utf8').trim().split(':').at(-1) ?? '';
}

async function until(admin: Admin, question: string, otherwise: string): Promise<void> {
  const done = await waitFor(async () => ((await admin.rows(question))[0]?.['done'] === 't' ? true : undefined), {
    timeoutMs: 120_000,
    everyMs: 50,
  });
  if (done === undefined) throw new Error(otherwise);
}

/**
 * Starts what takes long and leaves it at work: locks on a table and a sequence, a prepared transaction, VACUUM, and
 * from version 12 CREATE INDEX and VACUUM FULL, from 13 a base backup.
 */
export async function makeBusy(cluster: DemoCluster): Promise<BusyServer> {
  const { primary, versionNum } = cluster;
  const app = cluster.admin(primary, 'app');
  const sessions: PgSession[] = [];
  const stop = new AbortController();
  const work: Promise<unknown>[] = [];
  const clients: Client[] = [];

  const session = async (...statements: readonly string[]): Promise<PgSession> => {
    const opened = await openSession(cluster.dsn(primary, 'superuser'), 'app');
    sessions.push(opened);
    for (const sql of ['SET default_transaction_read_only = off', ...statements]) {
      await opened.query(sql, { signal: within() });
    }
    return opened;
  };
  /** Runs until end(). */
  const leave = async (statement: string, ...before: readonly string[]): Promise<void> => {
    const busy = await session('SET lock_timeout = 0', 'SET statement_timeout = 0', ...before);
    work.push(busy.query(statement, { signal: stop.signal }).catch(() => undefined));
  };
  const end = async (): Promise<void> => {
    stop.abort();
    await Promise.all(work);
    await Promise.all(sessions.map(async (opened) => opened.close()));
    await Promise.all(clients.map(async (client) => client.end()));
  };

  try {
    await session('BEGIN', 'LOCK TABLE app.wide IN ACCESS EXCLUSIVE MODE');
    // Locks the index alone against readers.
    await session('BEGIN', 'REINDEX INDEX app.ledger_pkey');
    await session('BEGIN', 'ALTER SEQUENCE app.changing INCREMENT 2');
    await app.exec(`BEGIN; INSERT INTO app.account (id) VALUES (2000); PREPARE TRANSACTION 'waiting'`);
    // A snapshot lists what is older than the newest transaction that has ended.
    await app.exec(`SELECT txid_current()`);
    if (versionNum >= 120000) {
      await leave('VACUUM app.dusty', 'SET vacuum_cost_delay = 100', 'SET vacuum_cost_limit = 1');
      await session('BEGIN', 'LOCK TABLE app.indexed IN ROW EXCLUSIVE MODE');
      await leave('CREATE INDEX CONCURRENTLY ON app.indexed (id)');
      await session('SELECT pg_advisory_lock(7)');
      await leave('VACUUM FULL app.rewritten');
      for (const [view, where] of [
        ['vacuum', `phase = 'scanning heap' AND heap_blks_scanned > 0`],
        ['create_index', `relid = 'app.indexed'::regclass AND lockers_total > 0`],
        ['cluster', `phase = 'rebuilding index'`],
      ] as const) {
        const question = `SELECT EXISTS (SELECT FROM pg_stat_progress_${view} WHERE ${where}) AS done`;
        await until(app, question, `pg_stat_progress_${view} stays without a row where ${where}`);
      }
    }
    if (versionNum >= 130000) {
      const client = await startBackup(cluster);
      clients.push(client);
      const question = `SELECT EXISTS (SELECT FROM pg_stat_progress_basebackup WHERE backup_streamed > 0) AS done`;
      await until(app, question, 'no base backup streams');
    }
    return { end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A base backup at 32 kB/s, which nobody waits for. */
async function startBackup(cluster: DemoCluster): Promise<Client> {
  const settings = {
    host: cluster.socketDir,
    port: cluster.primary.port,
    user: 'postgres',
    password: superuserPassword(cluster),
    database: 'postgres',
    replication: 'true',
  };
  const client = new Client(settings);
  // The server is stopped under it.
  client.on('error', () => {});
  await client.connect();
  const options =
    cluster.versionNum >= 150000 ? `(CHECKPOINT 'fast', PROGRESS true, MAX_RATE 32)` : 'FAST PROGRESS MAX_RATE 32';
  client.query(`BASE_BACKUP ${options}`).catch(() => {});
  return client;
}
