export type SubjectKind = 'cluster' | 'instance';

/** Something a verdict is about. Ids are unique in a run: `pg-demo` (cluster), `pg-demo-1` (instance). */
export interface Subject {
  readonly id: string;
  readonly kind: SubjectKind;
  /** Id of the cluster it belongs to; a cluster names itself. */
  readonly cluster: string;
  /**
   * libpq keyword string without any secret, for the printed commands of an assessor:
   * `host=127.0.0.1 port=5432 dbname=postgres user=pgattest sslmode=verify-full sslrootcert=… passfile=…`.
   * Absent on a cluster.
   */
  readonly connect?: string;
}
