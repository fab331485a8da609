/** Labels that the scrape configuration gives every series of a target. */
export const targetLabels = ['job', 'cls', 'ins', 'ip', 'instance'] as const;

/**
 * How finely a recorded series is told apart; the second part of its name. From the finest: a table, a statement, a
 * pool of PgBouncer, a database, an instance, a service of HAProxy, a cluster, everything of a job.
 */
export const levelLabels = Object.freeze({
  table: [...targetLabels, 'datname', 'relname'],
  query: [...targetLabels, 'datname', 'query'],
  pool: [...targetLabels, 'datname', 'user', 'pool_mode', 'load_balance_hosts'],
  db: [...targetLabels, 'datname'],
  ins: targetLabels,
  svc: ['job', 'cls', 'proxy'],
  cls: ['job', 'cls'],
  env: ['job'],
} as const);

export type Level = keyof typeof levelLabels;

/** Labels that a series of this level has. */
export type LevelLabel<L extends Level> = (typeof levelLabels)[L][number];

/** A level that finer ones can be rolled up to. */
export type UpperLevel = 'db' | 'ins' | 'cls' | 'env';

/**
 * The clause that brings series of a finer level to this one. Up to the instance, labels are taken away, so that those a
 * site adds to its targets stay; above it, only the identity of the level is left.
 */
export function rollUpClause(from: Level, to: UpperLevel): string {
  if (to === 'cls' || to === 'env') return `by (${levelLabels[to].join(', ')})`;
  const kept: readonly string[] = levelLabels[to];
  return `without (${levelLabels[from].filter((label) => !kept.includes(label)).join(', ')})`;
}
