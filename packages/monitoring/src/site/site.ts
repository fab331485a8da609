import { thresholds, type ThresholdName } from './threshold.ts';

/** How the scrape configuration names a kind of target. Without a port: every target of the job that is of no other kind. */
export interface ScrapeTarget {
  readonly job: string;
  readonly port?: number;
}

export type TargetName = 'postgres' | 'pgbouncer' | 'pgbackrest' | 'patroni' | 'haproxy' | 'etcd' | 'auditor';

/** Labels that the scrape configuration sets, by the names they have in this repository. */
export type SiteLabel = 'job' | 'instance' | 'cls' | 'ins' | 'ip';

/** Which words the annotations `summary` and `description` hold; `both` adds `summary_zh` and `description_zh`. */
export type SiteLanguage = 'both' | 'en' | 'zh';

/** What the rules are loaded into: vmalert knows keys of a group that Prometheus refuses. */
export type RuleDialect = 'prometheus' | 'vmalert';

/** What differs between one place where the rules run and another. */
export interface Site {
  /** pg_rto in seconds: Patroni's ttl, and what a failover may take. */
  readonly rtoSeconds: number;
  /** pg_rpo in bytes: Patroni's maximum_lag_on_failover, and what a failover may lose. */
  readonly rpoBytes: number;
  /** Seconds for durations, bytes for sizes. */
  readonly thresholds: Readonly<Record<ThresholdName, number>>;
  readonly labels: Readonly<Record<SiteLabel, string>>;
  readonly targets: Readonly<Record<TargetName, ScrapeTarget>>;
  /** Virtual addresses by cluster; the VIP alerts exist only for these. */
  readonly vips: Readonly<Record<string, string>>;
  /** Base URL of Grafana without a slash at its end; empty for links relative to it. */
  readonly dashboardsUrl: string;
  readonly language: SiteLanguage;
  readonly dialect: RuleDialect;
  /** Names of the groups to write, undefined for all. */
  readonly groups: readonly string[] | undefined;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys
const thresholdValues = Object.fromEntries(
  Object.entries(thresholds).map(([name, { value }]) => [name, value]),
) as Readonly<Record<ThresholdName, number>>;

/** The site of the committed files: Pigsty's jobs and labels, its RTO and RPO. */
export const defaultSite: Site = Object.freeze({
  rtoSeconds: 30,
  rpoBytes: 1_048_576,
  thresholds: thresholdValues,
  labels: { job: 'job', instance: 'instance', cls: 'cls', ins: 'ins', ip: 'ip' },
  targets: {
    // Patroni and the other exporters are targets of the same job, as Pigsty has it, on ports of their own.
    postgres: { job: 'pgsql' },
    pgbouncer: { job: 'pgsql', port: 9631 },
    pgbackrest: { job: 'pgsql', port: 9854 },
    patroni: { job: 'pgsql', port: 8008 },
    haproxy: { job: 'node', port: 9101 },
    etcd: { job: 'etcd' },
    auditor: { job: 'pgattest-audit' },
  },
  vips: {},
  dashboardsUrl: '',
  language: 'both',
  dialect: 'prometheus',
  groups: undefined,
});
