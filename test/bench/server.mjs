// The server that is measured: one PostgreSQL of the laboratory with databases and tables in numbers.
import { startDemoCluster } from '@pgattest/lab';

const tablesPerStatement = 200;

/** Role that every contestant uses. */
export const monitorRole = 'pgattest_monitor';

/** Starts a primary alone, without fsync, on which the monitor role may use every database through the Unix socket. */
export async function startServer() {
  const cluster = await startDemoCluster({ replicas: 0, name: 'pg-bench', durable: false });
  const node = cluster.primary;
  try {
    node.setHba(
      `local all ${monitorRole} scram-sha-256\nhostssl all ${monitorRole} 127.0.0.1/32 scram-sha-256\n${node.readHba()}`,
    );
    // What a node with 1 GB would have; the laboratory's own 32 MB are smaller than the catalogues of 10,000 tables.
    node.setSettings({ shared_buffers: '256MB', max_connections: 300, log_min_duration_statement: '10s' });
    await node.restart();
    // The laboratory allows a monitor ten sessions; Debian's exporter keeps one for every database.
    await cluster.admin(node).exec(`ALTER ROLE ${monitorRole} CONNECTION LIMIT -1`);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Connection string of the monitor role; through the Unix socket, as a local agent, or over TLS. */
export function monitorDsn(cluster, database = 'postgres', transport = 'socket') {
  const { port, host } = cluster.primary;
  const common = `port=${port} user=${monitorRole} dbname=${database} passfile=${cluster.passfile('monitor')}`;
  return transport === 'socket'
    ? `host=${cluster.socketDir} sslmode=disable ${common}`
    : `host=${host} sslmode=verify-full sslrootcert=${cluster.caFile} ${common}`;
}

/** Names of the databases of a run with that many; `app` is the laboratory's. */
export function databaseNames(count) {
  return [
    'app',
    ...Array.from({ length: Math.max(0, count - 1) }, (_, at) => `bench_${String(at + 1).padStart(3, '0')}`),
  ];
}

/** Makes it so that databases and tables exist; tables are spread evenly, each with a primary key and a few rows. */
export async function fillServer(cluster, { databases, tables }) {
  const admin = cluster.admin(cluster.primary);
  const known = new Set((await admin.rows('SELECT datname FROM pg_database')).map(({ datname }) => datname));
  const names = databaseNames(databases);
  for (const name of names) if (!known.has(name)) await admin.exec(`CREATE DATABASE ${name}`);
  const each = Math.ceil(tables / names.length);
  for (const name of names) {
    const inside = cluster.admin(cluster.primary, name);
    await inside.exec('CREATE SCHEMA IF NOT EXISTS bench');
    const [row] = await inside.rows("SELECT count(*) AS n FROM pg_tables WHERE schemaname = 'bench'");
    for (let from = Number(row?.n ?? 0) + 1; from <= each; from += tablesPerStatement) {
      const to = Math.min(each, from + tablesPerStatement - 1);
      await inside.exec(
        `DO $$ BEGIN FOR i IN ${from}..${to} LOOP
           EXECUTE format('CREATE TABLE bench.t_%s (id int PRIMARY KEY, at timestamptz, what int)', lpad(i::text, 5, '0'));
           EXECUTE format('INSERT INTO bench.t_%s SELECT g, now(), g FROM generate_series(1, 20) g', lpad(i::text, 5, '0'));
         END LOOP; END $$`,
      );
    }
    await inside.exec('VACUUM (ANALYZE)');
  }
  await admin.exec('CHECKPOINT');
}
