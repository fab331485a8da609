// The floor of an audit: a program that asks the same servers the same statements and does nothing with the answers.
// node sql-floor.mjs FILE; FILE holds { servers: [{ host, port, ca, user, password, statements: [{ database, sql }] }] }
import { readFileSync } from 'node:fs';
import pg from 'pg';

const { servers } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

async function ask({ statements, ca, ...login }) {
  const sessions = new Map();
  for (const { database, sql } of statements) {
    let session = sessions.get(database);
    if (session === undefined) {
      session = new pg.Client({ ...login, database, ssl: { ca } });
      sessions.set(database, session);
      await session.connect();
    }
    // What the role may not do costs a round trip too.
    await session.query({ text: sql, rowMode: 'array' }).catch(() => undefined);
  }
  await Promise.all([...sessions.values()].map((session) => session.end()));
}

await Promise.all(servers.map(ask));
