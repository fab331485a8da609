import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpTarget } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';
import { queryLogs } from './monitoring/log-store.ts';

/** A line that the server was made to write, and whether the central store has it. */
export interface LogCanary {
  /** Unique word in the line: `pgattest-canary-1f2e3d4c-0a1b2c3d4e5f`. */
  readonly word: string;
  /** Seconds until it was found; null when it was not within `waitedSeconds`. */
  readonly foundAfterSeconds: number | null;
  readonly waitedSeconds: number;
  /** Whether a canary of an earlier run, of the last day, is in the store. Null when it was not asked for. */
  readonly earlierFound: boolean | null;
}

/** Less than the shortest deadline that makes sense, so that an answer that comes late is still an answer. */
const patienceMs = 7000;
const pauseMs = 500;

/**
 * Writes one line to the server's log and looks for it in the central store. Null where no store is declared, and then
 * nothing is written.
 */
export const pgLogCanary = defineProbe({
  id: 'pg.log-canary',
  subject: 'instance',
  title: 'Way of one log line from the server to the central store (RAISE LOG in an anonymous block)',
  live: 'writes one line with a unique word to the log of PostgreSQL, if monitoring.logs is declared, and looks for it there',
  privilege: 'USAGE on the language plpgsql, which everybody has by default; read access to the log store',
  grants: ['GRANT USAGE ON LANGUAGE plpgsql TO {role}'],
  async collect({ pg, target, logs, signal }): Promise<LogCanary | null> {
    if (logs === undefined) return null;
    const server = createHash('sha256').update(`${target.host}:${target.port}`).digest('hex').slice(0, 8);
    const prefix = `pgattest-canary-${server}`;
    const word = `${prefix}-${randomBytes(6).toString('hex')}`;
    // Level LOG reaches the log unless log_min_messages is fatal, and counts as no error anywhere.
    await pg.rows(`DO $$ BEGIN RAISE LOG '${word}'; END $$`, { signal });
    const startedAt = Date.now();
    const seconds = (): number => Math.floor((Date.now() - startedAt) / 1000);
    while (Date.now() - startedAt < patienceMs) {
      if (await isThere(logs, word, signal)) {
        return { word, foundAfterSeconds: seconds(), waitedSeconds: seconds(), earlierFound: null };
      }
      await sleep(pauseMs, undefined, { signal });
    }
    const earlier = await queryLogs(logs, `"${prefix}" _time:1d`, 1, signal);
    return { word, foundAfterSeconds: null, waitedSeconds: seconds(), earlierFound: earlier.length > 0 };
  },
});

const isThere = async (logs: HttpTarget, word: string, signal: AbortSignal): Promise<boolean> =>
  (await queryLogs(logs, `"${word}" _time:1h`, 1, signal)).length > 0;
