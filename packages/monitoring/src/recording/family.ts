import type { Expr, MetricDef, MetricRef } from '@pgattest/catalog';
import { defineRecording, type RecordingRule } from '../model.ts';
import { levelLabels, rollUpClause, type Level, type LevelLabel, type UpperLevel } from './level.ts';

/** What a name begins with: whose metric it is. */
export type Namespace = 'pg' | 'pgbouncer' | 'etcd' | 'haproxy' | 'patroni';

/** One metric at several levels: `family.ins` is recorded as `pg:ins:<metric>`. Its order is that of evaluation. */
export type Family<L extends Level> = {
  readonly [K in L]: MetricRef<string, LevelLabel<K>> & { readonly expr: Expr };
};

interface Named extends MetricDef {
  readonly namespace: Namespace;
  /** The last part of the name, with its window: `xact_commit_rate1m`. */
  readonly metric: string;
}

/** A metric that is worked out anew at each level, such as a ratio: it cannot be summed. */
export function familyOf<const L extends Level>(
  spec: Named & { readonly levels: readonly L[]; readonly expr: (level: L) => Expr },
): Family<L> {
  const { namespace, metric, levels, expr, ...def } = spec;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  return Object.freeze(
    Object.fromEntries(
      levels.map((level) => [
        level,
        defineRecording(`${namespace}:${level}:${metric}`, { ...def, labels: levelLabels[level], expr: expr(level) }),
      ]),
    ),
  ) as Family<L>;
}

/**
 * A metric that is worked out at its finest level, from which each other one is summed up. Not each from the one below
 * it: vmalert sees what it recorded a moment ago only in the next round, and every step of a chain would add one.
 */
export function rolledUp<const Low extends Level, const Up extends UpperLevel>(
  spec: Named & {
    readonly low: Low;
    readonly expr: Expr;
    readonly how: 'sum' | 'max' | 'min';
    readonly up: readonly Up[];
  },
): Family<Low | Up> {
  const { namespace, metric, low, expr, how, up, ...def } = spec;
  const lowest = defineRecording(`${namespace}:${low}:${metric}`, { ...def, labels: levelLabels[low], expr });
  const above = up.map((level) => [
    level,
    defineRecording(`${namespace}:${level}:${metric}`, {
      ...def,
      labels: levelLabels[level],
      expr: { text: `${how} ${rollUpClause(low, level)} (${lowest.name})`, reads: [lowest] },
    }),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  return Object.freeze(Object.fromEntries([[low, lowest], ...above])) as Family<Low | Up>;
}

/** The recordings of families, in the order they are to be evaluated in. */
export const inOrder = (...families: readonly Readonly<Record<string, RecordingRule>>[]): readonly RecordingRule[] =>
  families.flatMap((family) => Object.values(family));
