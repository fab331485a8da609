/** What a probe can look at. `records` are what the auditor keeps itself, such as drill certificates. */
export const componentKinds = [
  'instance',
  'patroni',
  'etcd',
  'haproxy',
  'pgbouncer',
  'node',
  'monitoring',
  'records',
] as const;
export type ComponentKind = (typeof componentKinds)[number];

export const subjectKinds = ['cluster', ...componentKinds] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/**
 * Something a verdict is about. Ids are unique in a run: `pg-demo` (cluster), `pg-demo-1` (instance),
 * `pg-demo-1.patroni`, `pg-demo-1.pgbouncer`, `pg-demo-1.node`, `etcd-1.etcd`, `mon-1.haproxy`.
 */
export interface Subject {
  readonly id: string;
  readonly kind: SubjectKind;
  /** Id of the cluster it belongs to; a cluster names itself. */
  readonly cluster: string;
  /**
   * Host that it is on: the id of the instance it stands beside, or the name of a host of its own (`etcd-1`). Absent on
   * an instance, and on what belongs to no host.
   */
  readonly member?: string;
  /**
   * libpq keyword string without any secret, for the printed commands of an assessor:
   * `host=127.0.0.1 port=5432 dbname=postgres user=pgattest sslmode=verify-full sslrootcert=… passfile=…`.
   * Of an instance, and of a PgBouncer (its admin console).
   */
  readonly connect?: string;
  /**
   * Values for the places of printed commands, each ready for a shell: `url`, `curl` (the whole command up to the
   * address, with `--cacert` and the like), `etcdctl`. Never a secret.
   */
  readonly places?: Readonly<Record<string, string>>;
  /** Cluster only: components that the configuration says it does not have. Their checks do not apply. */
  readonly absent?: readonly ComponentKind[];
}

/** First word of a fact's id -> the kind of subject that has it: `pg.settings` is a fact of an instance. */
const kindOfPrefix: Readonly<Record<string, SubjectKind>> = {
  cluster: 'cluster',
  pg: 'instance',
  patroni: 'patroni',
  etcd: 'etcd',
  haproxy: 'haproxy',
  pgbouncer: 'pgbouncer',
  node: 'node',
  monitoring: 'monitoring',
  records: 'records',
};

/** Kind of subject that a fact is about. Throws on an id whose first word is no kind, which is a bug of a probe. */
export function kindOfFact(fact: string): SubjectKind {
  const kind = kindOfPrefix[fact.split('.', 1)[0] ?? ''];
  if (kind === undefined) throw new Error(`fact ${fact} belongs to no kind of subject`);
  return kind;
}
