import type { HaproxyService } from '../probe-contexts.ts';
import type { ComponentKind } from './subjects.ts';

/** How one HTTP API is reached. Files are absolute paths; no secret is in here, only names of files that hold one. */
export interface DeclaredHttp {
  readonly url: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
  /** One line, `user:password`, mode 0600. */
  readonly credentialsFile?: string;
}

/** Facts of a host: of this one, or from the file that `collect-node` shipped. */
export type DeclaredNode =
  | { readonly from: 'local'; readonly pathsFile?: string }
  | {
      readonly from: 'file';
      readonly file: string;
      /** Host that the file must be of, when that has another name. */
      readonly host?: string;
      readonly maxAgeMs: number;
    };

/** One PostgreSQL server and what stands beside it on its host. */
export interface DeclaredMember {
  readonly name: string;
  /** URL or keyword form; the password comes from a passfile or the environment. */
  readonly dsn: string;
  readonly patroni?: DeclaredHttp;
  /** DSN of the admin console. */
  readonly pgbouncer?: { readonly dsn: string };
  readonly node?: DeclaredNode;
  /** Components that this member does not have although others do. */
  readonly absent?: readonly ComponentKind[];
  /** Nobody declared it: a source named it, and it is reached as `found` says. */
  readonly isFound?: boolean;
}

/** How members are reached that a source names and nobody declared; `{name}`, `{host}` and `{port}` are filled in. */
export type FoundMemberTemplate = Pick<DeclaredMember, 'dsn' | 'patroni' | 'pgbouncer' | 'node'>;

export interface DeclaredEtcdMember {
  readonly name: string;
  readonly url: string;
  readonly node?: DeclaredNode;
}

export interface DeclaredEtcd {
  readonly members: readonly DeclaredEtcdMember[];
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly user?: string;
  /** One line, mode 0600. */
  readonly passwordFile?: string;
  /** Patroni's: `/pg`. */
  readonly namespace: string;
}

export interface DeclaredHaproxy {
  readonly name: string;
  readonly stats: DeclaredHttp;
  readonly services: readonly HaproxyService[];
  readonly node?: DeclaredNode;
}

export interface DeclaredMonitoring {
  readonly prometheus?: DeclaredHttp;
  readonly rules?: DeclaredHttp;
  readonly alertmanager?: DeclaredHttp;
  /** Central store of the logs. */
  readonly logs?: DeclaredHttp;
}

/** `etcd` is asked through what is declared of it, `patroni` too, and at an address of its own where there is one. */
export type DeclaredSource =
  | { readonly from: 'patroni'; readonly http?: DeclaredHttp }
  | { readonly from: 'etcd' }
  | { readonly from: 'pigsty'; readonly file: string };

/** A cluster as it is declared: what is audited, and how to reach it. */
export interface DeclaredCluster {
  readonly name: string;
  readonly members: readonly DeclaredMember[];
  readonly etcd?: DeclaredEtcd;
  readonly haproxy?: readonly DeclaredHaproxy[];
  readonly monitoring?: DeclaredMonitoring;
  readonly records?: {
    readonly drillDir?: string;
    /** File of the public key that drill certificates are verified with. */
    readonly drillPublicKey?: string;
    readonly changesFile?: string;
    readonly baselineDir?: string;
  };
  /** Address that moves with the primary. */
  readonly vip?: string;
  /** It follows another cluster and has no writable member. */
  readonly standbyCluster?: boolean;
  /** Other places that know its members. */
  readonly discover?: readonly DeclaredSource[];
  readonly found?: FoundMemberTemplate;
  /** Components that it does not have: their checks do not apply. */
  readonly absent?: readonly ComponentKind[];
}
