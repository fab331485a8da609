import {
  ConnectError,
  createPgPool,
  resolvePgTarget,
  type BackrestFailure,
  type BackrestResult,
  type PgPool,
} from '@pgattest/connect';
import type { Env } from '@pgattest/runtime';
import { createTargetSource } from '../target-source.ts';

/** What a PostgreSQL server says of its WAL and of archiving it. */
export interface ArchiverState {
  /** Unsigned 64 bit, as text; what pgBackRest calls system-id. */
  readonly systemId: string;
  readonly segmentBytes: number;
  readonly timeline: number;
  /** Written, or received by a replica; undefined for a replica that has received nothing. */
  readonly lsn: string | undefined;
  /** Name of the last file that archive_command took: a segment, a history or a backup label. */
  readonly lastArchived: string | undefined;
  readonly lastArchivedSeconds: number | undefined;
  readonly failedCount: number;
  readonly isFailing: boolean;
  /** Segments that wait for archive_command; undefined without the privilege to count them. */
  readonly ready: number | undefined;
}

/** Asks one server about archiving. */
export interface ArchiverReader {
  read(signal: AbortSignal): Promise<BackrestResult<ArchiverState>>;
  close(): Promise<void>;
}

const timeoutMs = 5000;

const archiverSql = `
SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()) AS system_id,
       (SELECT timeline_id FROM pg_catalog.pg_control_checkpoint()) AS timeline,
       pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size')) AS segment_bytes,
       CASE WHEN pg_catalog.pg_is_in_recovery()
            THEN coalesce(pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn())
            ELSE pg_catalog.pg_current_wal_lsn() END AS lsn,
       a.last_archived_wal,
       extract(epoch FROM a.last_archived_time) AS last_archived,
       a.failed_count,
       coalesce(a.last_failed_time > a.last_archived_time, a.last_failed_time IS NOT NULL) AS failing
FROM pg_catalog.pg_stat_archiver a`;

/** Needs pg_monitor, and PostgreSQL 12 for the function; elsewhere the number stays unknown. */
const readySql = `
SELECT count(*) AS ready FROM pg_catalog.pg_ls_archive_statusdir() f
WHERE f.name ~ '^[0-9A-F]{24}[.]ready$'`;

/** Makes a reader with one session, opened at the first question. Errors: those of reading the URL; config_invalid. */
export async function createArchiverReader(url: string | (() => Promise<string>), env: Env): Promise<ArchiverReader> {
  const source = await createTargetSource(url, env);
  const pool: PgPool = createPgPool({
    target: () => source.targetOf(),
    options: {
      connectTimeoutMs: timeoutMs,
      statementTimeoutMs: timeoutMs,
      lockTimeoutMs: 500,
      applicationName: 'pgbackrest_exporter',
    },
    max: 1,
    maxAgeMs: 600_000,
    idleMs: 60_000,
  });
  return {
    async read(closing) {
      const signal = AbortSignal.any([closing, AbortSignal.timeout(2 * timeoutMs)]);
      try {
        if (await source.refresh()) await pool.renew();
        return await pool.use(signal, async (session) => {
          const [row] = await session.rows(archiverSql, { signal, timeoutMs });
          const hasFunction = session.versionNum >= 120_000;
          const ready = hasFunction ? await countReady(() => session.rows(readySql, { signal, timeoutMs })) : undefined;
          return row === undefined ? invalid('no row') : stateOf(row, ready);
        });
      } catch (error) {
        return { ok: false, failure: failureOfConnection(error) };
      }
    },
    close: () => pool.close(),
  };
}

/** Checks a connection string without connecting. Errors: config_invalid. */
export async function checkArchiverUrl(text: string, env: Env): Promise<void> {
  await resolvePgTarget(text, { env });
}

type Row = Readonly<Record<string, string | null>>;

async function countReady(ask: () => Promise<readonly Row[]>): Promise<number | undefined> {
  try {
    return Number((await ask())[0]?.['ready'] ?? Number.NaN);
  } catch (error) {
    if (error instanceof ConnectError && error.code === 'permission_denied') return undefined;
    throw error;
  }
}

function stateOf(row: Row, ready: number | undefined): BackrestResult<ArchiverState> {
  const text = (name: string): string | undefined => row[name] ?? undefined;
  const number = (name: string): number => Number(text(name) ?? Number.NaN);
  const systemId = text('system_id');
  const [segmentBytes, timeline, failedCount] = [number('segment_bytes'), number('timeline'), number('failed_count')];
  if (systemId === undefined || [segmentBytes, timeline, failedCount].some(Number.isNaN)) return invalid('NULL');
  const archived = number('last_archived');
  return {
    ok: true,
    value: {
      // The server shows the unsigned number as a signed one.
      systemId: BigInt.asUintN(64, BigInt(systemId)).toString(),
      segmentBytes,
      timeline,
      lsn: text('lsn'),
      lastArchived: text('last_archived_wal'),
      lastArchivedSeconds: Number.isNaN(archived) ? undefined : archived,
      failedCount,
      isFailing: text('failing') === 't',
      ready,
    },
  };
}

function invalid(what: string): BackrestResult<never> {
  return { ok: false, failure: { class: 'parse', message: `the server answered with ${what} about its archiving` } };
}

// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
function failureOfConnection(error: unknown): BackrestFailure {
  if (!(error instanceof ConnectError)) {
    return { class: 'config', message: error instanceof Error ? error.message : String(error) };
  }
  const { code, message } = error;
  switch (code) {
    case 'timeout':
      return { class: 'timeout', message };
    case 'aborted':
      return { class: 'aborted', message };
    case 'auth_failed':
    case 'permission_denied':
      return { class: 'permission', message };
    case 'config_invalid':
      return { class: 'config', message };
    case 'invalid_data':
      return { class: 'parse', message };
    case 'unreachable':
    case 'tls_failed':
    case 'starting':
    case 'too_many_connections':
      return { class: 'connection', message };
    case 'unsupported':
    case 'query_failed':
      return { class: 'other', message };
  }
}
