import type { AnyCollector, HistogramDef, MetricDef, TopK, Variant } from '@pgattest/catalog';
import { loadYaml } from '@pgattest/runtime';

type ColumnFields = Readonly<Record<string, unknown>>;

/**
 * Collectors in pg_exporter's format: one branch per variant, in the given order. `loadCollectors` makes equal
 * collectors of it; pg_exporter itself runs it too and passes over `unit`, `states` and `top`: it shows every row.
 */
export function dumpCollectors(collectors: readonly AnyCollector[]): string {
  const branches = collectors.flatMap((collector) =>
    collector.variants.map((variant) => [variant.branch, branchOf(collector, variant)] as const),
  );
  const { Document, isScalar, visit } = loadYaml();
  const document = new Document(Object.fromEntries(branches));
  // SQL over several lines is only readable as a block.
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: 'literal', flowCollectionPadding: false });
}

function branchOf(collector: AnyCollector, variant: Variant<string>): ColumnFields {
  const tags = tagsOf(collector, variant);
  return {
    ...(collector.id === variant.branch ? {} : { name: collector.id }),
    ...(collector.help === '' ? {} : { desc: collector.help }),
    query: variant.sql,
    ttl: collector.cacheSeconds,
    timeout: Number.isFinite(collector.timeoutSeconds) ? collector.timeoutSeconds : -1,
    ...(variant.since === undefined ? {} : { min_version: variant.since }),
    ...(variant.until === undefined ? {} : { max_version: variant.until }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(collector.fatal === true ? { fatal: true } : {}),
    ...(collector.skippedByDefault === true ? { skip: true } : {}),
    ...(collector.priority === 0 ? {} : { priority: collector.priority }),
    ...(collector.predicates === undefined
      ? {}
      : {
          predicate_queries: collector.predicates.map(({ name, sql, cacheSeconds }) => ({
            name,
            predicate_query: sql,
            ...(cacheSeconds === undefined ? {} : { ttl: cacheSeconds }),
          })),
        }),
    ...(collector.topK === undefined ? {} : { top: topFields(collector.topK) }),
    metrics: columnsOf(collector, variant),
  };
}

function topFields({ rankedBy, enters, stays, otherBy }: TopK<string, string>): ColumnFields {
  return { rank_by: rankedBy, enters, stays, ...(otherBy === undefined ? {} : { other_by: otherBy }) };
}

function tagsOf({ source, scope, requires }: AnyCollector, { role }: Variant<string>): readonly string[] {
  return [
    ...(source === 'pgbouncer' ? ['pgbouncer'] : []),
    ...(scope === 'instance' ? ['cluster'] : []),
    ...(role === undefined ? [] : [role]),
    ...(requires?.extensions ?? []).map((name) => `extension:${name}`),
    ...(requires?.schemas ?? []).map((name) => `schema:${name}`),
    ...(requires?.database === undefined ? [] : [`dbname:${requires.database}`]),
    ...(requires?.user === undefined ? [] : [`username:${requires.user}`]),
    ...(requires?.tags ?? []),
    ...(requires?.notTags ?? []).map((tag) => `not:${tag}`),
  ];
}

function columnsOf(
  collector: AnyCollector,
  variant: Variant<string>,
): readonly Readonly<Record<string, ColumnFields>>[] {
  const omitted = new Set<string>(variant.omits);
  const names = variant.columns;
  return [
    ...Object.entries(collector.labels).map(([key, help]) =>
      column(names?.labels?.[key], key, { usage: 'LABEL', ...described(help) }),
    ),
    ...Object.entries(collector.metrics)
      .filter(([key]) => !omitted.has(key))
      .map(([key, def]) => column(names?.values?.[key], key, metricFields(def))),
    ...Object.entries(collector.histograms ?? {})
      .filter(([key]) => !omitted.has(key))
      .map(([key, def]) => column(names?.values?.[key], key, histogramFields(def))),
  ];
}

function column(
  resultColumn: string | undefined,
  exported: string,
  fields: ColumnFields,
): Readonly<Record<string, ColumnFields>> {
  if (resultColumn === undefined) return { [exported]: fields };
  return { [resultColumn]: { rename: exported, ...fields } };
}

function metricFields(def: MetricDef): ColumnFields {
  return {
    usage: def.kind.toUpperCase(),
    ...described(def.help),
    ...(def.unit === 'unknown' ? {} : { unit: def.unit }),
    ...numbers(def),
    ...(def.states === undefined ? {} : { states: def.states }),
  };
}

function histogramFields(def: HistogramDef): ColumnFields {
  return {
    usage: 'HISTOGRAM',
    ...described(def.help),
    ...(def.unit === 'unknown' ? {} : { unit: def.unit }),
    ...numbers(def),
    bucket: def.buckets,
  };
}

function described(help: string): ColumnFields {
  return help === '' ? {} : { description: help };
}

/** `scale` and `default` are texts in the format; a default may be Inf or NaN, which YAML writes differently. */
function numbers({ scale, default: whenNull }: Pick<MetricDef, 'scale' | 'default'>): ColumnFields {
  return {
    ...(scale === undefined ? {} : { scale: numberText(scale) }),
    ...(whenNull === undefined ? {} : { default: numberText(whenNull) }),
  };
}

function numberText(value: number): number | string {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf';
}
