import type { BackupType, StanzaInfo } from '@pgattest/connect';
import { dueAround, type ZoneClock } from './cron.ts';
import { invalidStanza } from './known-stanza.ts';
import { doesServe } from './last-backups.ts';
import type { Schedule, ScheduleEntry } from './schedule-file.ts';

/** How one declaration stands. Seconds since the epoch. */
export interface ScheduleStanding {
  readonly stanza: string;
  /** `any` where one repository is enough. */
  readonly repoKey: string;
  readonly type: BackupType;
  readonly dueSeconds: number;
  readonly nextSeconds: number | undefined;
  /** The backup last due is not there, and its time is over. */
  readonly isMissed: boolean;
  readonly overdueSeconds: number;
}

/**
 * Judges backups by a schedule. A backup counts for a time when it began at or after it and is of that type or a better
 * one. Stanzas that are declared and do not exist have missed everything; of several declarations for one type and
 * repository the one that is missed counts, else the one due last.
 */
export function judgeSchedule(
  schedule: Schedule,
  stanzas: readonly StanzaInfo[],
  nowMs: number,
): readonly ScheduleStanding[] {
  const known = stanzas.filter(({ name }) => name !== invalidStanza);
  const byKey = new Map<string, ScheduleStanding>();
  for (const entry of schedule.entries) {
    const names = entry.stanza === '*' ? known.map(({ name }) => name) : [entry.stanza];
    for (const name of names) {
      const stanza = known.find((one) => one.name === name);
      for (const repoKey of entry.repositories ?? [undefined]) {
        const standing = standingOf(entry, name, stanza, repoKey, nowMs, schedule.clock);
        if (standing === undefined) continue;
        const key = JSON.stringify([standing.stanza, standing.repoKey, standing.type]);
        const before = byKey.get(key);
        if (before === undefined || isWorse(standing, before)) byKey.set(key, standing);
      }
    }
  }
  return [...byKey.values()];
}

function standingOf(
  { type, cron, graceMs }: ScheduleEntry,
  name: string,
  stanza: StanzaInfo | undefined,
  repoKey: number | undefined,
  nowMs: number,
  clock: ZoneClock,
): ScheduleStanding | undefined {
  const { last, next } = dueAround(cron, nowMs, clock);
  // While the time of the last one is not over, the one before is what must have been made.
  const isPending = last !== undefined && nowMs < last + graceMs;
  if (last === undefined) return undefined;
  const backups = (stanza?.backups ?? []).filter(
    (backup) => doesServe(backup.type, type) && (repoKey === undefined || backup.repoKey === repoKey),
  );
  const isMade = (dueMs: number): boolean => backups.some(({ startSeconds }) => startSeconds * 1000 >= dueMs);
  const judged = isPending && !isMade(last) ? dueAround(cron, last - 1, clock).last : last;
  if (judged === undefined) return undefined;
  const endMs = judged + graceMs;
  const isMissed = !isMade(judged) && nowMs >= endMs;
  return {
    stanza: name,
    repoKey: repoKey === undefined ? 'any' : String(repoKey),
    type,
    dueSeconds: last / 1000,
    nextSeconds: next === undefined ? undefined : next / 1000,
    isMissed,
    overdueSeconds: isMissed ? (nowMs - endMs) / 1000 : 0,
  };
}

function isWorse(one: ScheduleStanding, other: ScheduleStanding): boolean {
  if (one.isMissed !== other.isMissed) return one.isMissed;
  return one.dueSeconds > other.dueSeconds;
}
