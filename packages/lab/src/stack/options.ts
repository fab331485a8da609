/** What kind of cluster the lab makes; `defaultLabOptions` of `topology.ts` fills in the rest. */
export interface LabOptions {
  /** Names the lab on this machine: two labs with two names run side by side. `[a-z][a-z0-9-]*` */
  readonly name: string;
  /** Patroni scope and `cls` label. */
  readonly cluster: string;
  /** PostgreSQL major, from `/usr/lib/postgresql/<major>/bin`. */
  readonly major: number;
  /** PostgreSQL members; two with or without an arbiter, three, five. */
  readonly nodes: 2 | 3 | 5;
  /** Two nodes only: a third etcd member on a host without PostgreSQL. */
  readonly arbiter: boolean;
  readonly etcdMembers: 1 | 2 | 3;
  /** `crit` = synchronous_mode and synchronous_mode_strict, as Pigsty's template of that name. */
  readonly durability: 'oltp' | 'crit';
  readonly failsafe: boolean;
  /** Timers of Patroni and HAProxy, as Pigsty's RTO plans (reference/ha). `test` is 5/1/3, for quick suites only. */
  readonly rto: 'fast' | 'norm' | 'safe' | 'wide' | 'test';
  /** A second cluster that follows this one through its leader, with a cascading replica of its own. */
  readonly standbyCluster: { readonly delaySeconds: number } | undefined;
  /** pgBackRest with two repositories (the second encrypted), a stanza and a first full backup. */
  readonly backup: boolean;
  /** VictoriaMetrics, vmalert, Alertmanager, the webhook and our exporters. */
  readonly monitoring: boolean;
  /** `namespaces`: everything in its own net, pid, ipc and mount namespaces and a network namespace per host. */
  readonly isolation: 'namespaces' | 'loopback';
  /** First three numbers of the /24 the hosts live in: `198.51.100` in namespaces, `127.0.0` on loopback. */
  readonly subnet: string;
}
