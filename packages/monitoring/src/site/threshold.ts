/** A limit of an alert that a site may set: durations in seconds, shares between 0 and 1, sizes in bytes. */
export interface Threshold {
  readonly kind: 'duration' | 'ratio' | 'bytes' | 'count';
  readonly value: number;
  /** What it limits, one sentence without a full stop. */
  readonly help: string;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const duration = (value: number, help: string): Threshold => ({ kind: 'duration', value, help });
const ratio = (value: number, help: string): Threshold => ({ kind: 'ratio', value, help });
const bytes = (value: number, help: string): Threshold => ({ kind: 'bytes', value, help });
const count = (value: number, help: string): Threshold => ({ kind: 'count', value, help });

/** Every limit with its default. RTO and RPO stand beside them in the site, as more than one alert derives from each. */
export const thresholds = {
  connections: ratio(0.85, 'Share of max_connections, or of the clients of PgBouncer, in use'),
  idleTransaction: duration(10 * minute, 'Time a session may stay idle in a transaction'),
  lockWait: duration(5 * minute, 'Time a session may wait for a lock'),
  preparedTransaction: duration(hour, 'Age of a prepared transaction nobody ends'),
  wraparound: duration(7 * day, 'Time left until transaction ids run out at the present rate'),
  lag: duration(minute, 'Time a standby may be behind in replay'),
  lagBytes: bytes(128 * 1024 ** 2, 'WAL not yet on disk at a standby'),
  slotRetained: bytes(5 * 1024 ** 3, 'WAL kept for a slot nobody reads from'),
  walGrowth: ratio(3, 'Size of pg_wal as a multiple of max_wal_size'),
  archiveWait: duration(10 * minute, 'Time a complete WAL segment may wait for the archive'),
  patroniPause: duration(30 * minute, 'Time automatic failover may be switched off for maintenance'),
  pendingRestart: duration(hour, 'Time a changed setting may wait for a restart'),
  failovers: count(3, 'Changes of timeline within an hour'),
  etcdLeaderChanges: count(3, 'Changes of leader of etcd within 15 minutes'),
  etcdSync: duration(0.5, 'Slowest hundredth of the syncs of etcd to its log'),
  etcdCommit: duration(0.25, 'Slowest hundredth of the commits of etcd to its database'),
  etcdPeer: duration(0.15, 'Slowest hundredth of the round trips between members of etcd'),
  etcdQuota: ratio(0.8, 'Share of the quota of etcd in use'),
  haproxySessions: ratio(0.85, 'Share of the sessions that a service of HAProxy accepts in use'),
  poolerWait: duration(5, 'Time a client of PgBouncer may wait for a server'),
  poolerPause: duration(5 * minute, 'Time a database of PgBouncer may be paused or disabled for maintenance'),
  poolUsage: ratio(0.9, 'Share of a pool of PgBouncer in use'),
  backupAge: duration(26 * hour, 'Age of the newest backup'),
  fullBackupAge: duration(8 * day, 'Age of the newest full backup'),
  recoveryWindow: duration(7 * day, 'Length of the window of restorable moments'),
  verifyAge: duration(8 * day, 'Age of the last verification of a repository'),
  drillAge: duration(35 * day, 'Age of the last restore drill that passed'),
  certificate: duration(21 * day, 'Time left until a certificate expires'),
  diskFull: duration(day, 'Time left until a disk is full at the present rate'),
  scrape: ratio(0.8, 'Share of its deadline that a scrape takes'),
  stale: duration(10 * minute, 'Age at which kept results of a collector are called old'),
  evidenceAge: duration(26 * hour, 'Age of the newest audit evidence'),
} as const satisfies Readonly<Record<string, Threshold>>;

export type ThresholdName = keyof typeof thresholds;
