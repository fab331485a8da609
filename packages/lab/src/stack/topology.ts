import type { LabOptions } from './options.ts';

/** One host of the lab: a network namespace, or just an address where namespaces are refused. */
export interface LabHost {
  /** `pg-test-1`, `etcd-1`, `mon`. */
  readonly name: string;
  readonly address: string;
}

/** A member of a Patroni cluster: name = `ins` = host name. */
export interface LabMember extends LabHost {
  readonly cluster: string;
  readonly sequence: number;
}

/** Everything that is in the lab, as data. */
export interface Topology {
  readonly options: LabOptions;
  /** Members of the main cluster, in sequence. */
  readonly members: readonly LabMember[];
  /** Members of the standby cluster; empty without one. */
  readonly standbyMembers: readonly LabMember[];
  readonly etcd: readonly LabHost[];
  /** HAProxy, monitoring, and every client command. */
  readonly monitor: LabHost;
}

/** Ports, the same on every host: those of the programs' own defaults and of Pigsty. */
export const labPorts = {
  postgres: 5432,
  pgbouncer: 6432,
  patroni: 8008,
  primary: 5433,
  replica: 5434,
  default: 5436,
  offline: 5438,
  haproxy: 9101,
  etcdClient: 2379,
  etcdPeer: 2380,
  etcdMetrics: 2381,
  pgExporter: 9630,
  pgbouncerExporter: 9631,
  pgbackrestExporter: 9854,
  auditor: 9855,
  victoriaMetrics: 8428,
  vmalert: 8880,
  alertmanager: 9093,
  webhook: 9098,
} as const;
