import type { LogRecord } from './log-records.ts';

/** Events that an audit trail must tell of. */
export const logEventTypes = ['login', 'login failure', 'DDL', 'grant', 'configuration reload'] as const;
export type LogEventType = (typeof logEventTypes)[number];

export type LogEventField = 'time' | 'user' | 'database' | 'source';

/** Fields that a record of each type must have; its message says what was done and to what. */
const fieldsOf: Readonly<Record<LogEventType, readonly LogEventField[]>> = {
  login: ['time', 'user', 'database', 'source'],
  'login failure': ['time', 'user', 'database', 'source'],
  DDL: ['time', 'user', 'database', 'source'],
  grant: ['time', 'user', 'database', 'source'],
  'configuration reload': ['time'],
};

/** What a record is about; undefined for anything else. pgAudit's records name the class in their fourth field. */
export function eventOf({ message, severity }: LogRecord): LogEventType | undefined {
  if (message.startsWith('connection authorized:')) return 'login';
  if (message.startsWith('received SIGHUP')) return 'configuration reload';
  const isRefusal = /authentication failed|no pg_hba\.conf entry|is not permitted to log in|rejects connection/u;
  if (severity === 'FATAL' && isRefusal.test(message)) return 'login failure';
  const audited = /^AUDIT: \w+,\d+,\d+,(\w+),/u.exec(message)?.[1];
  if (audited === 'ROLE' || /^statement:\s*(?:grant|revoke)\b/iu.test(message)) return 'grant';
  const isDdl = /^statement:\s*(?:create|alter|drop|comment|security label|reindex|cluster)\b/iu.test(message);
  return audited === 'DDL' || isDdl ? 'DDL' : undefined;
}

/** How many records of a type were found, and which fields some of them lack. */
export interface LogEventCount {
  readonly type: LogEventType;
  readonly count: number;
  readonly lacking: readonly LogEventField[];
}

/** Counts events, in the order of the types. A login names its user in its own message where the prefix does not. */
export function countEvents(records: readonly LogRecord[]): readonly LogEventCount[] {
  const events = records.map((record) => ({ type: eventOf(record), record }));
  return logEventTypes.map((type) => {
    const mine = events.flatMap((event) => (event.type === type ? [event.record] : []));
    const lacks = (field: LogEventField): boolean =>
      mine.some((record) => record[field] === undefined && !namedInMessage(record.message, field));
    return { type, count: mine.length, lacking: fieldsOf[type].filter(lacks) };
  });
}

const namedInMessage = (message: string, field: LogEventField): boolean =>
  (field === 'user' && /\buser(?:=| ")/u.test(message)) ||
  (field === 'database' && /\bdatabase(?:=| ")/u.test(message)) ||
  (field === 'source' && /\bhost "/u.test(message));
