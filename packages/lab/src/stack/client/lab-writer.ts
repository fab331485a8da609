import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import type { Attempt } from './attempt.ts';

/** Where and how to write. */
export interface LabWriterTarget {
  /** An entrance to a service of HAProxy. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Trusted authority, PEM; undefined = no TLS. Names are not compared: behind a balancer any member may answer. */
  readonly authority: string | undefined;
  /** Pause between two rows. */
  readonly everyMs: number;
  /** For a connection, and for an answer: after it the row's outcome is unknown. */
  readonly timeoutMs: number;
  /** Bytes of text in each row, for a load that makes replicas lag. */
  readonly payloadBytes: number;
}

/** A client that writes row after row and remembers what was acknowledged. */
export interface LabWriter {
  /** The key of its rows in `app.canary`. */
  readonly name: string;
  attempts(): readonly Attempt[];
  /** Ends after the row that is on its way. */
  stop(): Promise<readonly Attempt[]>;
}

/** The table of all writers, for the superuser in database `app`; can be run again. */
export const canaryTableSql = `
SET ROLE app_owner;
SET client_min_messages = warning;
CREATE TABLE IF NOT EXISTS app.canary (
  writer text NOT NULL,
  sequence bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  payload text NOT NULL,
  PRIMARY KEY (writer, sequence)
);
GRANT SELECT, INSERT ON app.canary TO app_rw;`;

/** Starts writing; each lost connection is replaced by a new one. */
export function startLabWriter(name: string, target: LabWriterTarget): LabWriter {
  const attempts: Attempt[] = [];
  const stopping = new AbortController();
  const payload = 'x'.repeat(target.payloadBytes);

  const run = async (): Promise<void> => {
    let client: Client | undefined;
    for (let sequence = 1; !stopping.signal.aborted; sequence += 1) {
      const startedMs = Date.now();
      try {
        client ??= await connect(target);
        const { rows } = await client.query<{ lsn: string }>(
          'INSERT INTO app.canary (writer, sequence, payload) VALUES ($1, $2, $3) RETURNING pg_current_wal_insert_lsn()::text AS lsn',
          [name, sequence, payload],
        );
        const lsn = rows[0]?.lsn;
        attempts.push({
          startedMs,
          endedMs: Date.now(),
          sequence,
          outcome: 'acknowledged',
          ...(lsn === undefined ? {} : { lsn }),
        });
      } catch (error) {
        const outcome = client === undefined ? 'refused' : outcomeOf(error);
        const said = error instanceof Error ? error.message : String(error);
        attempts.push({ startedMs, endedMs: Date.now(), sequence, outcome, error: said });
        client?.end().catch(() => {});
        client = undefined;
      }
      await sleep(target.everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    await client?.end().catch(() => {});
  };
  const done = run();
  return {
    name,
    attempts: () => [...attempts],
    async stop() {
      stopping.abort();
      await done;
      return [...attempts];
    },
  };
}

/**
 * Only the server itself can say that a row was not written; silence and broken connections leave it open, and so does a
 * server that ends the session (class 57): the row may have been committed already.
 */
export function outcomeOf(error: unknown): 'refused' | 'unknown' {
  return error instanceof DatabaseError && error.severity === 'ERROR' && error.code?.startsWith('57') === false
    ? 'refused'
    : 'unknown';
}

async function connect(target: LabWriterTarget): Promise<Client> {
  const { host, port, user, password, database, authority, timeoutMs } = target;
  const client = new Client({
    host,
    port,
    user,
    password,
    database,
    application_name: 'canary writer',
    ssl: authority === undefined ? false : { ca: authority, checkServerIdentity: () => undefined },
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}
