/** What a value means. Drives HELP text, Grafana units and alert wording. */
export type Unit =
  | 'bytes'
  | 'seconds'
  | 'milliseconds'
  | 'ratio'
  | 'count'
  | 'bool'
  | 'state'
  | 'timestamp_seconds'
  | 'lsn'
  | 'xid'
  /** A number that names something: pid, port, OID, timeline. Never summed, never a rate. */
  | 'id'
  | 'info'
  /** Not said: only for collectors of users. */
  | 'unknown';

export type MetricKind = 'gauge' | 'counter';

export interface MetricDef {
  readonly kind: MetricKind;
  readonly unit: Unit;
  /** One sentence without a full stop. */
  readonly help: string;
  /** For `state` metrics: what each value means, for example `{ 0: 'streaming', 1: 'startup' }`. */
  readonly states?: Readonly<Record<number, string>>;
  /** Every number is multiplied by it; booleans and times are not. */
  readonly scale?: number;
  /** Taken (and scaled) where SQL says NULL; without it NULL is NaN. */
  readonly default?: number;
}

/**
 * A distribution over the rows of one result, as it is at that moment: not a Prometheus histogram, as nothing adds up
 * between two executions. Each row is one observation of its labels, a NULL is none, and labels without observation
 * have no series. Exposed as three gauges: `_bucket` (cumulative, with the label `le`), `_count` and `_sum`.
 */
export interface HistogramDef {
  readonly unit: Unit;
  /** One sentence without a full stop. */
  readonly help: string;
  /** Upper bounds, finite and increasing; +Inf is added. */
  readonly buckets: readonly number[];
  /** Every number is multiplied by it; booleans and times are not. */
  readonly scale?: number;
  /** Observed (and scaled) where SQL says NULL; without it NULL is no observation. */
  readonly default?: number;
}

/** A question that must be answered with one true before a collector runs; false, NULL or no row skip it silently. */
export interface Predicate {
  /** Said when the collector is skipped for it. */
  readonly name: string;
  /** One boolean column, at most one row. */
  readonly sql: string;
  /** How long an answer (not a failure) is remembered; absent = asked every time. */
  readonly cacheSeconds?: number;
}

/** What a collector needs in the database it runs in, beyond the server's own catalogs. */
export interface Requirements {
  readonly extensions?: readonly string[];
  readonly schemas?: readonly string[];
  /** Name of the only database it runs in. */
  readonly database?: string;
  /** Name of the only role it runs as. */
  readonly user?: string;
  /** Words that the operator must have given this server (`--tag`). */
  readonly tags?: readonly string[];
  /** Words that the operator must not have given this server. */
  readonly notTags?: readonly string[];
}

/** Result columns that are not named like the label or metric they fill: column name by label or metric key. */
export interface ColumnNames {
  readonly labels?: Readonly<Record<string, string>>;
  /** Of metrics and histograms. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * Which rows of a result are shown, where the SQL cuts off an order that moves: without it series come and go with
 * every change of rank, and a counter that was away looks like a reset.
 */
export interface TopK<Label extends string, Metric extends string> {
  /** Rows rank by this metric, highest first, NULL last. */
  readonly rankedBy: Metric;
  /** A row among the first so many is shown. */
  readonly enters: number;
  /** A row that is shown stays while it is among the first so many. The SQL returns at least these. */
  readonly stays: number;
  /** Present: what the counters of the rows not shown advance by is summed by these labels, see `Collector.o`. */
  readonly otherBy?: readonly Label[];
}

/** One SQL text and the servers it is valid for: what pg_exporter calls a branch. */
export interface Variant<Metric extends string> {
  /** Unique over the whole catalogue; the YAML key when dumped in pg_exporter's format. */
  readonly branch: string;
  /** server_version_num, inclusive; absent = no lower bound. */
  readonly since?: number;
  /** server_version_num, exclusive; absent = no upper bound. */
  readonly until?: number;
  /** Present: only planned on servers in that recovery state. */
  readonly role?: 'primary' | 'replica';
  /** Result columns are named like the labels and metric keys of the collector, but for `columns`. */
  readonly sql: string;
  readonly columns?: ColumnNames;
  /** Metrics and histograms this server version or role cannot provide; sorted by `defineCollector`. */
  readonly omits?: readonly Metric[];
}

export interface CollectorSpec<
  Id extends string,
  Label extends string,
  Metric extends string,
  Histogram extends string = never,
> {
  /**
   * Metric prefix and value of the `query` label of the self metrics. Unique among built-ins; of users' collectors
   * several may have one id and run side by side (only `Variant.branch` is unique there).
   */
  readonly id: Id;
  readonly source: 'postgres' | 'pgbouncer';
  readonly help: string;
  /** `instance` runs once per server (pg_exporter's tag `cluster`), `database` once per discovered database. */
  readonly scope: 'instance' | 'database';
  /** How long a result may be replayed; 0 = never. */
  readonly cacheSeconds: number;
  /** Budget of one execution, enforced on the client and as statement_timeout on the server; Infinity = the scrape's. */
  readonly timeoutSeconds: number;
  /** Failure ends the scrape of this server and sets `pg_up 0`. */
  readonly fatal?: true;
  /** Present in the catalogue but never planned unless switched on by configuration. */
  readonly skippedByDefault?: true;
  /** Ascending execution order inside the fatal and the non-fatal group. */
  readonly priority: number;
  /** Where one is missing, the collector is not planned. */
  readonly requires?: Requirements;
  /** Asked in this order on every execution, within the collector's time budget. */
  readonly predicates?: readonly Predicate[];
  readonly labels: Readonly<Record<Label, string>>;
  readonly metrics: Readonly<Record<Metric, MetricDef>>;
  /** Columns that are observations rather than values. */
  readonly histograms?: Readonly<Record<Histogram, HistogramDef>>;
  /** Absent: every row is shown. */
  readonly topK?: TopK<NoInfer<Label>, NoInfer<Metric>>;
  readonly variants: readonly Variant<NoInfer<Metric | Histogram>>[];
}

/** A metric that exists. Only `defineCollector`, `defineSelfMetrics` and recording rules make these. */
export interface MetricRef<Name extends string = string, Label extends string = string> extends MetricDef {
  readonly name: Name;
  readonly labels: readonly Label[];
}

/** The three gauges a histogram is exposed as. */
export interface HistogramRef<Name extends string = string, Label extends string = string> {
  readonly bucket: MetricRef<`${Name}_bucket`, Label | 'le'>;
  readonly count: MetricRef<`${Name}_count`, Label>;
  readonly sum: MetricRef<`${Name}_sum`, Label>;
}

export type Collector<
  Id extends string,
  Label extends string,
  Metric extends string,
  Histogram extends string = never,
> = CollectorSpec<Id, Label, Metric, Histogram> & {
  readonly m: { readonly [K in Metric]: MetricRef<`${Id}_${K}`, Label> };
  readonly h: { readonly [K in Histogram]: HistogramRef<`${Id}_${K}`, Label> };
  /** Counters of what is not shown, by the counter they sum; empty without `topK.otherBy`. */
  readonly o: { readonly [K in Metric]?: MetricRef };
};

export type AnyCollector = Collector<string, string, string, string>;

export function defineCollector<
  const Id extends string,
  const Label extends string,
  const Metric extends string,
  const Histogram extends string = never,
>(spec: CollectorSpec<Id, Label, Metric, Histogram>): Collector<Id, Label, Metric, Histogram> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a Record<Label, …>
  const labels = Object.keys(spec.labels) as Label[];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  const m = Object.fromEntries(
    Object.entries<MetricDef>(spec.metrics).map(([key, def]) => [key, { ...def, name: `${spec.id}_${key}`, labels }]),
  ) as unknown as Collector<Id, Label, Metric, Histogram>['m'];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  const h = Object.fromEntries(
    Object.entries<HistogramDef>(spec.histograms ?? {}).map(([key, def]) => [
      key,
      histogramRef(`${spec.id}_${key}`, def, labels),
    ]),
  ) as unknown as Collector<Id, Label, Metric, Histogram>['h'];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  const o = Object.fromEntries(otherRefs(spec)) as Collector<Id, Label, Metric, Histogram>['o'];
  const variants = spec.variants.map((variant) =>
    Object.freeze({
      ...variant,
      sql: variant.sql.trim(),
      // A set has no order: two texts of one collector are then the same value.
      ...(variant.omits === undefined ? {} : { omits: variant.omits.toSorted() }),
    }),
  );
  return Object.freeze({ ...spec, variants, m, h, o });
}

/** Names of ours, so that the sum over the rows shown stays what it is. */
function otherRefs({
  id,
  metrics,
  topK,
}: Pick<CollectorSpec<string, string, string, string>, 'id' | 'metrics' | 'topK'>): readonly (readonly [
  string,
  MetricRef,
])[] {
  const labels = topK?.otherBy;
  if (labels === undefined) return [];
  return Object.entries(metrics)
    .filter(([, { kind }]) => kind === 'counter')
    .map(([key, { unit, help }]) => [
      key,
      {
        kind: 'counter',
        unit,
        help: help === '' ? '' : `${help}, of those not shown`,
        name: otherName(id, key, unit),
        labels,
      },
    ]);
}

/** Name of the counter that sums another over the rows not shown: it ends in the unit and `_total`. */
export function otherName(id: string, key: string, unit: Unit): string {
  const named = (unit === 'bytes' || unit === 'seconds') && !key.endsWith(`_${unit}`) ? `${key}_${unit}` : key;
  return `${id}_other_${named.replace(/_total$/, '')}_total`;
}

function histogramRef(name: string, def: HistogramDef, labels: readonly string[]): HistogramRef {
  return {
    bucket: {
      kind: 'gauge',
      unit: 'count',
      help: `${def.help} (cumulative bucket)`,
      name: `${name}_bucket`,
      labels: [...labels, 'le'],
    },
    count: { kind: 'gauge', unit: 'count', help: `${def.help} (observation count)`, name: `${name}_count`, labels },
    sum: { kind: 'gauge', unit: def.unit, help: `${def.help} (observation sum)`, name: `${name}_sum`, labels },
  };
}

/** A metric that one of our own programs exposes about itself. */
export function defineMetric<const Name extends string, const Label extends string = never>(
  name: Name,
  def: MetricDef,
  labels: readonly Label[] = [],
): MetricRef<Name, Label> {
  return Object.freeze({ ...def, name, labels });
}

export const gauge = (unit: Unit, help: string): MetricDef => ({ kind: 'gauge', unit, help });
export const counter = (unit: Unit, help: string): MetricDef => ({ kind: 'counter', unit, help });
/** A gauge whose numbers stand for words. */
export const state = (help: string, states: Readonly<Record<number, string>>): MetricDef => ({
  kind: 'gauge',
  unit: 'state',
  help,
  states,
});
