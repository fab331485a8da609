import { undecided, type SqlEvidence, type Verdict } from '../check.ts';
import type { FactId } from '../facts.ts';
import type { Text } from '../text.ts';
import { evidenceRows, nameList } from './name-list.ts';
import { sqlLiterals } from './sql-literal.ts';

interface Closed {
  readonly database: string;
  readonly message: string;
}

/** Undecided when databases could not be looked into; undefined when every one was. */
export function findUnseenDatabases(fact: FactId, closed: readonly Closed[]): Verdict | undefined {
  if (closed.length === 0) return undefined;
  const names = closed.map(({ database }) => database);
  const list = nameList(names);
  const listed = names.slice(0, evidenceRows);
  return undecided(
    {
      en: `the audit role cannot enter ${list.en} (${closed[0]?.message ?? ''}); GRANT CONNECT on it, and admit it in pg_hba`,
      zh: `审计账号无法进入数据库 ${list.zh}，请授予 CONNECT 权限并在 pg_hba 中放行`,
    },
    {
      fact,
      at: 'databases not examined',
      actual: listed.join('\n'),
      expected: { en: 'none', zh: '无' },
      sql: `SELECT datname FROM pg_database WHERE datname IN (${sqlLiterals(listed)}) ORDER BY datname`,
    },
  );
}

/** Evidence that a statement prints in one database. */
export const databaseEvidence = (
  fact: FactId,
  database: string,
  what: string,
  actual: string,
  sql: string,
  expected: Text,
): SqlEvidence => ({ fact, at: `database ${database}: ${what}`, actual, expected, sql, database });
