import {
  defineCollector,
  type AnyCollector,
  type CollectorSpec,
  type ColumnNames,
  type HistogramDef,
  type MetricDef,
  type Variant,
} from '@pgattest/catalog';
import type { Branch } from './branch.ts';
import type { Column } from './column.ts';
import { stableText } from './stable-text.ts';

/** A collector under construction: everything but the SQL is common to its variants. */
type Spec = CollectorSpec<string, string, string, string>;

/**
 * Collectors of checked branches, in the order of execution (ascending priority, then as written). Branches of one
 * name become the variants of one collector as far as they agree in everything but SQL, version and role and no
 * server fits two of them. Others become collectors of the same id: every one that fits a server runs there, as in
 * pg_exporter.
 */
export function toCollectors(branches: readonly Branch[]): readonly AnyCollector[] {
  const groups: Spec[] = [];
  const ordered = branches
    .filter(({ conditions }) => !conditions.isImpossible)
    .toSorted((a, b) => a.priority - b.priority);
  for (const branch of ordered) {
    const spec = specOf(branch);
    const at = groups.findIndex((group) => canJoin(group, spec));
    const group = groups[at];
    if (group === undefined) groups.push(spec);
    else groups[at] = join(group, spec);
  }
  return groups.map((spec) => defineCollector<string, string, string, string>(spec));
}

function specOf(branch: Branch): Spec {
  const { conditions, columns, predicates } = branch;
  const labels = columns.filter(({ usage }) => usage === 'label');
  const values = columns.filter(({ usage }) => usage !== 'label' && usage !== 'discard');
  const histograms = values.filter(({ usage }) => usage === 'histogram');
  return {
    id: branch.name,
    source: conditions.source,
    help: branch.help,
    scope: conditions.scope,
    cacheSeconds: branch.cacheSeconds,
    timeoutSeconds: branch.timeoutSeconds,
    ...(branch.isFatal ? { fatal: true } : {}),
    ...(branch.isSkipped ? { skippedByDefault: true } : {}),
    priority: branch.priority,
    ...(conditions.requires === undefined ? {} : { requires: conditions.requires }),
    ...(predicates.length === 0 ? {} : { predicates }),
    labels: Object.fromEntries(labels.map(({ exported, help }) => [exported, help])),
    metrics: Object.fromEntries(
      values.flatMap((column) => {
        const def = metricDef(column);
        return def === undefined ? [] : [[column.exported, def]];
      }),
    ),
    ...(histograms.length === 0
      ? {}
      : { histograms: Object.fromEntries(histograms.map((column) => [column.exported, histogramDef(column)])) }),
    ...(branch.topK === undefined ? {} : { topK: branch.topK }),
    variants: [variantOf(branch, labels, values)],
  };
}

function variantOf(branch: Branch, labels: readonly Column[], values: readonly Column[]): Variant<string> {
  const columns = columnNames(labels, values);
  return {
    branch: branch.key,
    ...(branch.since === undefined ? {} : { since: branch.since }),
    ...(branch.until === undefined ? {} : { until: branch.until }),
    ...(branch.conditions.role === undefined ? {} : { role: branch.conditions.role }),
    sql: branch.sql,
    ...(columns === undefined ? {} : { columns }),
  };
}

function columnNames(labels: readonly Column[], values: readonly Column[]): ColumnNames | undefined {
  const [ofLabels, ofValues] = [renamed(labels), renamed(values)];
  const names = {
    ...(Object.keys(ofLabels).length === 0 ? {} : { labels: ofLabels }),
    ...(Object.keys(ofValues).length === 0 ? {} : { values: ofValues }),
  };
  return Object.keys(names).length === 0 ? undefined : names;
}

/** Columns that are exported under another name than their own. */
function renamed(columns: readonly Column[]): Readonly<Record<string, string>> {
  const moved = columns.filter(({ column, exported }) => column !== exported);
  return Object.fromEntries(moved.map(({ column, exported }) => [exported, column]));
}

function metricDef(column: Column): MetricDef | undefined {
  if (column.usage !== 'gauge' && column.usage !== 'counter') return undefined;
  return {
    kind: column.usage,
    unit: column.unit,
    help: column.help,
    ...(column.states === undefined ? {} : { states: column.states }),
    ...numbersOf(column),
  };
}

function histogramDef(column: Column): HistogramDef {
  return { unit: column.unit, help: column.help, buckets: column.buckets, ...numbersOf(column) };
}

function numbersOf(column: Column): Pick<MetricDef, 'scale' | 'default'> {
  return {
    ...(column.scale === undefined ? {} : { scale: column.scale }),
    ...(column.default === undefined ? {} : { default: column.default }),
  };
}

function canJoin(group: Spec, spec: Spec): boolean {
  return (
    group.id === spec.id &&
    frameOf(group) === frameOf(spec) &&
    agree(group.metrics, spec.metrics) &&
    agree(group.histograms ?? {}, spec.histograms ?? {}) &&
    keysOf(group.metrics).every((key) => spec.histograms?.[key] === undefined) &&
    keysOf(spec.metrics).every((key) => group.histograms?.[key] === undefined) &&
    spec.variants.every((variant) => group.variants.every((other) => !canMeet(variant, other)))
  );
}

function join(group: Spec, spec: Spec): Spec {
  const histograms = { ...group.histograms, ...spec.histograms };
  return {
    ...group,
    metrics: { ...group.metrics, ...spec.metrics },
    ...(Object.keys(histograms).length === 0 ? {} : { histograms }),
    variants: [
      ...group.variants.map((variant) => ({ ...variant, ...missing(group, variant, spec) })),
      ...spec.variants.map((variant) => ({ ...variant, ...missing(spec, variant, group) })),
    ],
  };
}

/** What `other` brings in is missing from a variant of `own`, besides what was missing before. */
function missing(own: Spec, variant: Variant<string>, other: Spec): { readonly omits?: readonly string[] } {
  const known = new Set([...keysOf(own.metrics), ...keysOf(own.histograms ?? {})]);
  const added = [...keysOf(other.metrics), ...keysOf(other.histograms ?? {})].filter((key) => !known.has(key));
  const omits = [...(variant.omits ?? []), ...added];
  return omits.length === 0 ? {} : { omits };
}

/** Everything that variants of one collector share, as text; what is only said to people may differ. */
function frameOf({
  help: _help,
  metrics: _metrics,
  histograms: _histograms,
  variants: _variants,
  ...frame
}: Spec): string {
  return stableText(frame);
}

function agree<Def>(group: Readonly<Record<string, Def>>, other: Readonly<Record<string, Def>>): boolean {
  return Object.entries(other).every(([key, def]) => {
    const known = group[key];
    return known === undefined || stableText(known) === stableText(def);
  });
}

/** Whether some server fits both. */
function canMeet(a: Variant<string>, b: Variant<string>): boolean {
  const startsBeforeEnd = (a.since ?? 0) < (b.until ?? Infinity) && (b.since ?? 0) < (a.until ?? Infinity);
  return startsBeforeEnd && (a.role === undefined || b.role === undefined || a.role === b.role);
}

function keysOf(record: object): readonly string[] {
  return Object.keys(record);
}
