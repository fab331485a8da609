/** What the log of a server in archive recovery says. */
export interface RecoveryLog {
  /** `consistent recovery state reached at 0/B000100` */
  readonly isConsistent: boolean;
  /** Where it stopped because of its target: `before commit of transaction 745, time 2026-11-21 23:58:45+00`. */
  readonly stopping: string | undefined;
  /** `last completed transaction was at log time`: ISO 8601 UTC. */
  readonly lastTransaction: string | undefined;
  /** `0/D000060` of `redo done at`. */
  readonly redoDone: string | undefined;
  /** Timeline chosen at the end of recovery. */
  readonly newTimeline: number | undefined;
  /** Segments that the archive gave. */
  readonly restoredSegments: readonly string[];
  /** First FATAL or PANIC line. */
  readonly fatal: string | undefined;
  /** `invalid record length at …`, `unexpected pageaddr …`: why reading WAL ended. */
  readonly lastComplaint: string | undefined;
}

/** Reads the English log of PostgreSQL 12 and later, whose log_timezone is UTC. */
export function parseRecoveryLog(log: string): RecoveryLog {
  const first = (shape: RegExp): string | undefined => shape.exec(log)?.[1];
  const all = [...log.matchAll(/restored log file "([0-9A-F]{24})" from archive/g)].map(([, name = '']) => name);
  const time = first(/last completed transaction was at log time (\S+ \S+)/);
  const newTimeline = first(/selected new timeline ID: (\d+)/);
  const complaints = [
    ...log.matchAll(/(?:LOG|WARNING): {2}((?:invalid|unexpected|incorrect|record with|WAL file|could not)[^\n]*)/g),
  ];
  return {
    isConsistent: log.includes('consistent recovery state reached'),
    stopping: first(/recovery stopping (.+)/),
    lastTransaction: time === undefined ? undefined : toIso(time),
    redoDone: first(/redo done at ([0-9A-F]+\/[0-9A-F]+)/),
    newTimeline: newTimeline === undefined ? undefined : Number(newTimeline),
    restoredSegments: all,
    // Our own attempts to connect too early are in the log as well.
    fatal: first(/(?:FATAL|PANIC): {2}(?!the database system is )([^\n]*)/),
    lastComplaint: complaints.at(-1)?.[1],
  };
}

/** `2026-11-21 23:58:45.123+00` as ISO 8601 UTC; undefined for another form. */
export function toIso(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)$/.exec(text);
  const [, date, time, zone = ''] = match ?? [];
  if (date === undefined || time === undefined) return undefined;
  const offset =
    zone === 'Z' || zone === 'UTC' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...):?(..)$/, '$1:$2');
  const value = new Date(`${date}T${time}${offset}`);
  return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
}
