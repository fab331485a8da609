// pgbench of Debian's postgresql-contrib, at a rate that leaves something of two cores to be measured.
import { spawn, spawnSync } from 'node:child_process';
import { stopChild } from './contestant.mjs';

const transactionsPerSecond = 500;
const clients = 4;

/** What runs, for the report. */
export const loadDescription = `pgbench -c ${clients} --rate=${transactionsPerSecond} -M prepared, scale 1`;

function environment(cluster) {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    PGHOST: cluster.socketDir,
    PGPORT: String(cluster.primary.port),
    PGUSER: 'postgres',
    PGDATABASE: 'app',
    PGPASSFILE: cluster.passfile('superuser'),
    PGSSLMODE: 'disable',
  };
}

/** Makes pgbench's four tables in the database `app`. */
export function prepareLoad(cluster) {
  const made = spawnSync('pgbench', ['-i', '-q', '-s', '1'], { env: environment(cluster), encoding: 'utf8' });
  if (made.status !== 0)
    throw new Error(`pgbench -i failed: ${made.error?.message ?? made.stderr}; apt-get install postgresql-contrib`);
}

/** Runs until it is stopped, five minutes at the longest. */
export function startLoad(cluster) {
  const args = [
    '-n',
    '-c',
    String(clients),
    '-j',
    '1',
    '-M',
    'prepared',
    `--rate=${transactionsPerSecond}`,
    '-T',
    '300',
  ];
  const child = spawn('pgbench', args, { env: environment(cluster), stdio: 'ignore' });
  return { stop: () => stopChild(child) };
}
