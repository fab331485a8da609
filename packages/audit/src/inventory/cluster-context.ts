import type { HttpTarget } from '@pgattest/connect';

/** A member as one source names it. */
export interface NamedMember {
  readonly name: string;
  /** Address that clients use; null when the source does not say. */
  readonly host: string | null;
  readonly port: number | null;
  /** In the words of the source: `leader`, `replica`, `primary`; null when it does not say. */
  readonly role: string | null;
}

/** Another place that knows the members of a cluster. */
export type InventorySource =
  | {
      readonly from: 'patroni';
      /** Any of them answers for all; they are asked in this order until one does. */
      readonly apis: readonly { readonly host: string; readonly target: HttpTarget; readonly command: string }[];
    }
  | {
      readonly from: 'etcd';
      readonly prefix: string;
      readonly endpoints: readonly { readonly host: string; readonly target: HttpTarget; readonly command: string }[];
    }
  | { readonly from: 'pigsty'; readonly file: string };

/** What the probe of the cluster itself gets. */
export interface ClusterContext {
  readonly cluster: string;
  readonly declared: readonly NamedMember[];
  /** As the configuration says; undefined when it does not, and Patroni is asked. */
  readonly standbyCluster: boolean | undefined;
  readonly sources: readonly InventorySource[];
}
