/** What a log line can say about its event, by log_line_prefix escape (PostgreSQL docs 19.8.3). */
export type LogField = 'time' | 'pid' | 'user' | 'database' | 'host' | 'application' | 'sqlstate';

const fieldOfEscape: Readonly<Record<string, LogField>> = {
  t: 'time',
  m: 'time',
  n: 'time',
  p: 'pid',
  // %c is start time and process id of the session in hexadecimal.
  c: 'pid',
  u: 'user',
  d: 'database',
  r: 'host',
  h: 'host',
  a: 'application',
  e: 'sqlstate',
};

/**
 * Fields that a log_line_prefix prints for session processes: `'%m [%p] %q%u@%d '` gives time, pid, user, database.
 * A padding number may stand between the percent sign and the letter; `%%` is a percent
 * sign. `%L` (version 18) is the server's own address and says nothing about the client.
 */
export function logLinePrefixFields(prefix: string): ReadonlySet<LogField> {
  const fields = new Set<LogField>();
  for (const [, letter] of prefix.matchAll(/%-?\d*(.)/gsu)) {
    const field = fieldOfEscape[letter ?? ''];
    if (field !== undefined) fields.add(field);
  }
  return fields;
}
