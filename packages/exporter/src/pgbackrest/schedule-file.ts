import type { BackupType } from '@pgattest/connect';
import { findDurationMs, formatIssue, parseConfig, RuntimeError } from '@pgattest/runtime';
import { readFile } from 'node:fs/promises';
import { createZoneClock, parseCron, type CronTime, type ZoneClock } from './cron.ts';

/** One declaration: backups of at least this type are due at these times. */
export interface ScheduleEntry {
  /** A stanza, or `*` for every one. */
  readonly stanza: string;
  readonly type: BackupType;
  readonly cron: CronTime;
  /** How long after the time a backup may take to be there. */
  readonly graceMs: number;
  /** Keys of repositories; undefined = any one of them will do. */
  readonly repositories: readonly number[] | undefined;
}

/** When backups are due. */
export interface Schedule {
  /** Of the zone that is declared, or of this process. */
  readonly clock: ZoneClock;
  readonly entries: readonly ScheduleEntry[];
}

const entry = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'cron'],
  properties: {
    type: { enum: ['full', 'diff', 'incr'] },
    cron: { type: 'string', minLength: 1 },
    grace: { type: 'string', format: 'duration', default: '2h' },
    repositories: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 1 } },
  },
};
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['stanzas'],
  properties: {
    timezone: { type: 'string', minLength: 1 },
    stanzas: { type: 'object', minProperties: 1, additionalProperties: { type: 'array', minItems: 1, items: entry } },
  },
};

interface ScheduleDocument {
  readonly timezone?: string;
  readonly stanzas: Readonly<
    Record<
      string,
      readonly {
        readonly type: BackupType;
        readonly cron: string;
        readonly grace: string;
        readonly repositories?: readonly number[];
      }[]
    >
  >;
}

/** Reads a schedule. Errors: file_unreadable, config_invalid with the place of every problem. */
export async function loadSchedule(file: string): Promise<Schedule> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('file_unreadable', `cannot read the schedule ${file}: ${reason}`, { cause: error });
  });
  return parseSchedule(text, file);
}

/** The same for its text. */
export function parseSchedule(text: string, file: string): Schedule {
  const parsed = parseConfig<ScheduleDocument>({ text, file, schema });
  if (!parsed.ok) throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
  const { timezone, stanzas } = parsed.value;
  const clock = findClock(timezone);
  if (clock === undefined) {
    throw new RuntimeError('config_invalid', `${file} /timezone "${timezone}" is no time zone such as Europe/Berlin`);
  }
  const entries = Object.entries(stanzas).flatMap(([stanza, list]) =>
    list.map(({ type, cron: words, grace, repositories }, index): ScheduleEntry => {
      const cron = parseCron(words);
      if (typeof cron === 'string') {
        throw new RuntimeError('config_invalid', `${file} /stanzas/${stanza}/${index}/cron "${words}" ${cron}`);
      }
      return { stanza, type, cron, graceMs: findDurationMs(grace) ?? 0, repositories };
    }),
  );
  return { clock, entries };
}

function findClock(zone: string | undefined): ZoneClock | undefined {
  try {
    return createZoneClock(zone);
  } catch {
    return undefined;
  }
}
