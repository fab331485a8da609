import type { AnyCollector, Predicate } from '@pgattest/catalog';
import type { PgSession, ResultSet } from '@pgattest/connect';
import { typeOid } from './cell.ts';
import { InvalidResultError } from './failure.ts';

/** What predicates answered, remembered for as long as each allows. Times are monotonic milliseconds. */
export interface PredicateMemory {
  find(key: string): { readonly atMs: number; readonly isTrue: boolean } | undefined;
  remember(key: string, answer: { readonly atMs: number; readonly isTrue: boolean }): void;
}

/**
 * Asks a collector's predicates in order: the name of the first that is not true, or undefined when all are. Only an
 * answer is remembered, never a failure. `within` gives the time left for each.
 *
 * Errors: those of the session; InvalidResultError for anything but one boolean column with at most one row.
 */
export async function findFalsePredicate(
  session: PgSession,
  collector: AnyCollector,
  memory: PredicateMemory,
  nowMs: () => number,
  within: () => { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<string | undefined> {
  for (const predicate of collector.predicates ?? []) {
    // Equal questions have equal answers, whoever asks.
    const key = predicate.sql;
    const known = memory.find(key);
    const isFresh = known !== undefined && nowMs() - known.atMs <= (predicate.cacheSeconds ?? 0) * 1000;
    const hasCache = (predicate.cacheSeconds ?? 0) > 0;
    if (hasCache && isFresh) {
      if (!known.isTrue) return predicate.name;
      continue;
    }
    const isTrue = readAnswer(await session.query(predicate.sql, within()), collector, predicate);
    if (hasCache) memory.remember(key, { atMs: nowMs(), isTrue });
    if (!isTrue) return predicate.name;
  }
  return undefined;
}

/** True only for one row that says true; false, NULL and no row are false. */
export function readAnswer({ columns, rows }: ResultSet, { id }: AnyCollector, { name }: Predicate): boolean {
  const what = `predicate ${name} of ${id}`;
  const [column] = columns;
  if (columns.length !== 1 || column === undefined) {
    throw new InvalidResultError(`${what} returns ${columns.length} columns; it must return one boolean`);
  }
  if (column.typeOid !== typeOid.bool) throw new InvalidResultError(`${what} does not return a boolean`);
  if (rows.length > 1) throw new InvalidResultError(`${what} returns ${rows.length} rows; at most one is allowed`);
  return rows[0]?.[0] === 't';
}
