import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectError, openWriteSession, type PgTarget, type WriteSession } from '@pgattest/connect';
import { messageOf } from '../errors.ts';
import type { Outage, ProbeRow } from './outage.ts';
import { longestOutage } from './outage.ts';

/** Writes a row every so often through a service, as an application would, and remembers what was acknowledged. */
export interface ProbeWriter {
  rows(): readonly ProbeRow[];
  /** Resolves when a write begun after `sinceMs` was acknowledged. */
  isWritingSince(sinceMs: number): boolean;
  outage(sinceMs: number): Outage | undefined;
  lastFailure(): string | undefined;
  /** Stops writing; the table stays. */
  stop(): Promise<void>;
  /** Acknowledged rows that the service does not have now. Errors: ConnectError. */
  missingRows(signal: AbortSignal): Promise<number>;
  /** Errors: ConnectError. */
  dropTable(signal: AbortSignal): Promise<void>;
}

export interface ProbeWriterOptions {
  readonly target: PgTarget;
  readonly everyMs: number;
  readonly elapsedMs: () => number;
  readonly signal: AbortSignal;
}

/** The table a probe writer makes, in the first schema of the search path; dropped when the drill is over. */
export const probeTable = 'pgattest_drill_canary';

const attemptMs = 2000;

/** Makes the table and begins. Errors: ConnectError. */
export async function startProbeWriter(options: ProbeWriterOptions): Promise<ProbeWriter> {
  const { target, everyMs, elapsedMs, signal } = options;
  const run = randomBytes(6).toString('hex');
  const open = (during: AbortSignal): Promise<WriteSession> =>
    openWriteSession(
      target,
      {
        connectTimeoutMs: attemptMs,
        statementTimeoutMs: attemptMs,
        applicationName: 'pgattest drill',
        endedBy: during,
      },
      during,
    );
  const once = async <T>(during: AbortSignal, work: (session: WriteSession) => Promise<T>): Promise<T> => {
    const session = await open(during);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  };
  await once(signal, (session) =>
    session.query(
      `CREATE TABLE IF NOT EXISTS ${probeTable} (run text, seq bigint, at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (run, seq))`,
    ),
  );
  const rows: ProbeRow[] = [];
  let failure: string | undefined;
  const stopping = new AbortController();
  const write = async (): Promise<void> => {
    let session: WriteSession | undefined;
    for (let seq = 1; !stopping.signal.aborted; seq += 1) {
      const beganMs = elapsedMs();
      let outcome: ProbeRow['outcome'] = 'acknowledged';
      try {
        session ??= await open(stopping.signal);
        await session.query(`INSERT INTO ${probeTable} (run, seq) VALUES ('${run}', ${seq})`);
      } catch (error) {
        failure = messageOf(error);
        // A connection that was never made, or an error that the server sent: nothing was written.
        const isRefused = session === undefined || (error instanceof ConnectError && error.sqlState !== undefined);
        outcome = isRefused ? 'refused' : 'unknown';
        await session?.close();
        session = undefined;
      }
      rows.push({ seq, beganMs, endedMs: elapsedMs(), outcome });
      await sleep(Math.max(everyMs - (elapsedMs() - beganMs), 1), undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
    await session?.close();
  };
  const done = write();
  return {
    rows: () => rows,
    isWritingSince: (sinceMs) => rows.some(({ beganMs, outcome }) => outcome === 'acknowledged' && beganMs >= sinceMs),
    outage: (sinceMs) => longestOutage(rows, sinceMs),
    lastFailure: () => failure,
    async stop() {
      stopping.abort();
      await done;
    },
    async missingRows(during) {
      const { rows: found } = await once(during, (session) =>
        session.query(`SELECT seq::text FROM ${probeTable} WHERE run = '${run}'`, [], { timeoutMs: 60_000 }),
      );
      const present = new Set(found.map(([seq]) => Number(seq)));
      return rows.filter(({ seq, outcome }) => outcome === 'acknowledged' && !present.has(seq)).length;
    },
    dropTable: (during) =>
      once(during, async (session) => {
        await session.query(`DROP TABLE IF EXISTS ${probeTable}`, [], { timeoutMs: 10_000 });
      }),
  };
}
