import type { Arrival } from './notifications.ts';

/**
 * Checks that every lab fails, and why that is so: its auditor is right, and says so for as long as the lab lives. All
 * but `monitoring-rules-loaded` are facts of how the lab is built.
 */
const standingChecks: Readonly<Record<string, string>> = {
  'patroni-rest-tls': 'Patroni of the lab serves HTTP',
  'monitoring-consoles-secured': 'VictoriaMetrics, vmalert and Alertmanager of the lab serve HTTP without a login',
  'pgbouncer-no-known-flaw': 'Debian 12 has PgBouncer 1.18',
  'cluster-patroni-timing': 'a ttl of 5 s is for tests',
  'cluster-failover-drilled': 'nobody has drilled in a lab a minute old',
  'records-restore-proven': 'nobody has drilled in a lab a minute old',
  'monitoring-rules-loaded': 'the first audit comes before the rules of slow groups were evaluated for the first time',
};

/** Whether an alert says only what is true of every lab. */
export function isStandingFinding({ name, labels }: Arrival): boolean {
  return name === 'AuditCheckFailing' && Object.hasOwn(standingChecks, labels['check'] ?? '');
}

/**
 * What tells of minutes that have passed, and so of earlier scenarios while the next ones run: counts over a quarter of an
 * hour or an hour, and servers that were started within five minutes. None is critical.
 */
const countsOverTime: readonly string[] = [
  'EtcdLeaderFlapping',
  'HaproxyServerFlapping',
  'PatroniFailoversTooOften',
  'PostgresRestarted',
];

/** Whether an alert may be left over from a scenario before. */
export function isLeftOver(arrival: Arrival): boolean {
  return isStandingFinding(arrival) || countsOverTime.includes(arrival.name);
}
