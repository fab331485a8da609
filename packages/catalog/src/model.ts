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
  | 'info';

export type MetricKind = 'gauge' | 'counter';

export interface MetricDef {
  readonly kind: MetricKind;
  readonly unit: Unit;
  /** One sentence without a full stop. */
  readonly help: string;
  /** For `state` metrics: what each value means, for example `{ 0: 'streaming', 1: 'startup' }`. */
  readonly states?: Readonly<Record<number, string>>;
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
  /** Result columns are named like the labels and metric keys of the collector. */
  readonly sql: string;
  /** Metrics this server version or role cannot provide. */
  readonly omits?: readonly Metric[];
}

export interface CollectorSpec<Id extends string, Label extends string, Metric extends string> {
  /** Metric prefix and value of the `query` label of the self metrics. */
  readonly id: Id;
  readonly source: 'postgres' | 'pgbouncer';
  readonly help: string;
  /** `instance` runs once per server (pg_exporter's tag `cluster`), `database` once per discovered database. */
  readonly scope: 'instance' | 'database';
  /** How long a result may be replayed; 0 = never. */
  readonly cacheSeconds: number;
  /** Budget of one execution, enforced on the client and as statement_timeout on the server. */
  readonly timeoutSeconds: number;
  /** Failure ends the scrape of this server and sets `pg_up 0`. */
  readonly fatal?: true;
  /** Present in the catalogue but never planned unless switched on by configuration. */
  readonly skippedByDefault?: true;
  /** Ascending execution order inside the fatal and the non-fatal group. */
  readonly priority: number;
  /** Extensions or schemas that must exist in the database. */
  readonly requires?: { readonly extensions?: readonly string[]; readonly schemas?: readonly string[] };
  readonly labels: Readonly<Record<Label, string>>;
  readonly metrics: Readonly<Record<Metric, MetricDef>>;
  readonly variants: readonly Variant<NoInfer<Metric>>[];
}

/** A metric that exists. Only `defineCollector`, `defineSelfMetrics` and recording rules make these. */
export interface MetricRef<Name extends string = string, Label extends string = string> extends MetricDef {
  readonly name: Name;
  readonly labels: readonly Label[];
}

export type Collector<Id extends string, Label extends string, Metric extends string> = CollectorSpec<
  Id,
  Label,
  Metric
> & { readonly m: { readonly [K in Metric]: MetricRef<`${Id}_${K}`, Label> } };

export type AnyCollector = Collector<string, string, string>;

export function defineCollector<const Id extends string, const Label extends string, const Metric extends string>(
  spec: CollectorSpec<Id, Label, Metric>,
): Collector<Id, Label, Metric> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a Record<Label, …>
  const labels = Object.keys(spec.labels) as Label[];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
  const m = Object.fromEntries(
    Object.entries<MetricDef>(spec.metrics).map(([key, def]) => [key, { ...def, name: `${spec.id}_${key}`, labels }]),
  ) as unknown as Collector<Id, Label, Metric>['m'];
  const variants = spec.variants.map((variant) => Object.freeze({ ...variant, sql: variant.sql.trim() }));
  return Object.freeze({ ...spec, variants, m });
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
