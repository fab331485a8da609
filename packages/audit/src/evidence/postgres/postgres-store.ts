import {
  ConnectError,
  describePgTarget,
  openWriteSession,
  resolvePgTarget,
  type SqlValue,
  type WriteSession,
} from '@pgattest/connect';
import { EvidenceError } from '../errors.ts';
import type { OpenStoreOptions } from '../open-store.ts';
import { chainFolder, recordName, type EvidenceStore } from '../store.ts';
import type { StoreSettings } from '../store-settings.ts';
import { schemaExists, schemaSql } from './schema.ts';

const statementTimeoutMs = 60_000;

/** For the one session of this package that writes to a PostgreSQL: a database of the auditor's own. */
const sessionOptions = {
  connectTimeoutMs: 15_000,
  // The server's own deadline comes first and tells more.
  statementTimeoutMs: statementTimeoutMs + 5000,
  applicationName: 'pgattest_evidence',
};

/**
 * Evidence in tables of schema `pgattest` of a database of the auditor's own. A run is one transaction; a place in the
 * chain is a primary key, so that of several writers one wins. Nothing is ever updated or deleted but the cache.
 * Errors: RuntimeError or ConnectError for a wrong dsn, EvidenceError when the database cannot be used.
 */
export async function openPostgresStore(
  settings: Extract<StoreSettings, { readonly kind: 'postgres' }>,
  { env, signal }: OpenStoreOptions,
): Promise<EvidenceStore> {
  const target = await resolvePgTarget(settings.dsn, { env });
  const name = `postgres ${describePgTarget(target)}`;
  const session = await openWriteSession(target, sessionOptions, signal).catch((cause: unknown) => {
    throw unusable(name, 'cannot open the evidence store', cause);
  });
  try {
    await prepare(session);
  } catch (cause) {
    await session.close();
    throw unusable(name, 'cannot prepare the evidence store', cause);
  }
  return storeOn(session, name);
}

/** Creates what is missing. Two auditors that start at once take turns. */
async function prepare(session: WriteSession): Promise<void> {
  // A database that acknowledges before it wrote would lose completed runs.
  await session.query('SET synchronous_commit TO on');
  await session.query(`SET statement_timeout TO ${statementTimeoutMs}`);
  const { rows } = await session.query(schemaExists);
  if (rows[0]?.[0] === 't') return;
  await inTransaction(session, async () => {
    await session.query(`SELECT pg_advisory_xact_lock(hashtext('pgattest evidence schema'))`);
    for (const statement of schemaSql) await session.query(statement);
  });
}

function storeOn(session: WriteSession, name: string): EvidenceStore {
  const placeOfRun = (cluster: string, runId: string): string => `${name}/${cluster}/${runId}`;
  const placeOfRecord = (cluster: string, sequence: number): string =>
    `${name}/${cluster}/${chainFolder}/${recordName(sequence)}`;
  const reading = async (what: string, sql: string, values: readonly SqlValue[] = []) => {
    try {
      return (await session.query(sql, values)).rows;
    } catch (cause) {
      throw unusable(what, 'cannot read evidence of', cause);
    }
  };
  return {
    name,
    placeOfRun,
    placeOfRecord,
    async clusters() {
      const sql = `SELECT cluster FROM pgattest.evidence_file WHERE path = 'manifest.json'
                   UNION SELECT cluster FROM pgattest.evidence_record ORDER BY 1`;
      return texts(await reading(name, sql));
    },
    async list(cluster) {
      const runs = `SELECT run_id FROM pgattest.evidence_file WHERE cluster = $1 AND path = 'manifest.json' ORDER BY run_id COLLATE "C"`;
      const records = 'SELECT sequence FROM pgattest.evidence_record WHERE cluster = $1 ORDER BY sequence';
      return {
        runs: texts(await reading(name, runs, [cluster])),
        records: texts(await reading(name, records, [cluster])).map(Number),
        remains: [],
      };
    },
    async putRun(cluster, runId, files) {
      const sql = 'INSERT INTO pgattest.evidence_file (cluster, run_id, path, content) VALUES ($1, $2, $3, $4)';
      try {
        await inTransaction(session, async () => {
          for (const [path, text] of files) await session.query(sql, [cluster, runId, path, Buffer.from(text)]);
        });
      } catch (cause) {
        throw unusable(placeOfRun(cluster, runId), 'cannot write evidence to', cause);
      }
    },
    async listRun(cluster, runId) {
      const sql = 'SELECT path FROM pgattest.evidence_file WHERE cluster = $1 AND run_id = $2';
      return new Set(texts(await reading(placeOfRun(cluster, runId), sql, [cluster, runId])));
    },
    async readRunFile(cluster, runId, path) {
      const sql = `SELECT encode(content, 'base64') FROM pgattest.evidence_file WHERE cluster = $1 AND run_id = $2 AND path = $3`;
      const place = `${placeOfRun(cluster, runId)}/${path}`;
      const [found] = texts(await reading(place, sql, [cluster, runId, path]));
      if (found !== undefined) return Buffer.from(found, 'base64');
      throw new EvidenceError('unreadable', place, `cannot read evidence file ${place}: it is not there`);
    },
    async readRecord(cluster, sequence) {
      const sql = 'SELECT content FROM pgattest.evidence_record WHERE cluster = $1 AND sequence = $2';
      return texts(await reading(placeOfRecord(cluster, sequence), sql, [cluster, sequence]))[0];
    },
    async addRecord(cluster, sequence, text) {
      const sql = `INSERT INTO pgattest.evidence_record (cluster, sequence, content) VALUES ($1, $2, $3)
                   ON CONFLICT (cluster, sequence) DO NOTHING`;
      try {
        return (await session.query(sql, [cluster, sequence, text])).count === 1;
      } catch (cause) {
        throw unusable(placeOfRecord(cluster, sequence), 'cannot write evidence to', cause);
      }
    },
    async readCache(cluster) {
      return texts(await reading(name, 'SELECT content FROM pgattest.evidence_state WHERE cluster = $1', [cluster]))[0];
    },
    async writeCache(cluster, text) {
      const sql = `INSERT INTO pgattest.evidence_state (cluster, content) VALUES ($1, $2)
                   ON CONFLICT (cluster) DO UPDATE SET content = excluded.content`;
      await session.query(sql, [cluster, text]);
    },
    close: () => session.close(),
  };
}

/** First column of every row. */
const texts = (rows: readonly (readonly (string | null)[])[]): readonly string[] =>
  rows.flatMap(([value]) => value ?? []);

async function inTransaction(session: WriteSession, work: () => Promise<void>): Promise<void> {
  await session.query('BEGIN');
  try {
    await work();
    await session.query('COMMIT');
  } catch (cause) {
    // What made it fail is told; a connection that is gone has rolled back by itself.
    await session.query('ROLLBACK').catch(() => undefined);
    throw cause;
  }
}

function unusable(place: string, what: string, cause: unknown): EvidenceError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const hint =
    cause instanceof ConnectError && cause.sqlState === '42501'
      ? '; grant the role CREATE on the database once, or INSERT and SELECT on the tables of schema pgattest'
      : '';
  return new EvidenceError('unreadable', place, `${what} ${place}: ${why}${hint}`, { cause });
}
