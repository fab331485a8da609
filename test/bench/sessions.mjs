// How many sessions a contestant has, seen by the server.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { monitorRole } from './server.mjs';

/**
 * Most sessions of a contestant while it runs, and those left a second and a half later; contestants differ by their
 * application_name, which is empty for Debian's exporter.
 */
export async function watchSessions(cluster, applicationName, run) {
  const password = readFileSync(cluster.passfile('superuser'), 'utf8').trim().split(':').at(-1);
  const client = new pg.Client({
    host: cluster.socketDir,
    port: cluster.primary.port,
    user: 'postgres',
    database: 'postgres',
    password,
  });
  await client.connect();
  const count = async () => {
    const sql = 'SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = $1 AND application_name = $2';
    const { rows } = await client.query(sql, [monitorRole, applicationName]);
    return rows[0].n;
  };
  try {
    let most = 0;
    let running = true;
    const watching = (async () => {
      while (running) {
        most = Math.max(most, await count());
        await sleep(3);
      }
    })();
    try {
      await run();
    } finally {
      running = false;
      await watching;
    }
    await sleep(1500);
    return { most, atRest: await count() };
  } finally {
    await client.end();
  }
}
