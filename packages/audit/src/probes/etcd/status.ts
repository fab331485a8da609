import { parseEtcdMetrics, quantileBound, type EtcdSample } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { readOpenly } from './read-openly.ts';

/** What one member of etcd says of itself. */
export interface EtcdStatusFact {
  /** `3.4.23` */
  readonly version: string;
  /** What all members speak: `3.4.0`. */
  readonly clusterVersion: string;
  /** Upper-case hexadecimal, as are all ids. */
  readonly memberId: string;
  /** Null while there is no leader. */
  readonly leaderId: string | null;
  readonly isLearner: boolean;
  readonly isHealthy: boolean;
  readonly errors: readonly string[];
  readonly dbSizeBytes: number;
  readonly dbSizeInUseBytes: number | null;
  /** Null where the member does not show its metrics. */
  readonly quotaBytes: number | null;
  /** Since the member started. */
  readonly leaderChanges: number | null;
  readonly startedAt: string | null;
  /** Upper bounds of the buckets that hold 99 % since the start, as etcd writes them: `0.008`, `+Inf`. */
  readonly walFsyncP99: string | null;
  readonly peerRoundTripP99: string | null;
}

const families = {
  quota: 'etcd_server_quota_backend_bytes',
  changes: 'etcd_server_leader_changes_seen_total',
  started: 'process_start_time_seconds',
  fsync: 'etcd_disk_wal_fsync_duration_seconds',
  roundTrip: 'etcd_network_peer_round_trip_time_seconds',
} as const;

/** State, health and the few metrics that checks rest on. */
export const etcdStatus = defineProbe({
  id: 'etcd.status',
  subject: 'etcd',
  title: 'State, health, size and latency of the member (/v3/maintenance/status, /health, /version, /metrics)',
  privilege: 'a client certificate where etcd asks for one; a login only where the version wants one for its state',
  grants: [],
  collect: ({ target, signal }): Promise<EtcdStatusFact> =>
    readOpenly(target, async (client) => {
      const status = await client.status(signal);
      const version = await client.version(signal);
      const health = await client.health(signal);
      const samples = parseEtcdMetrics(await client.metrics(signal), Object.values(families));
      const started = valueOf(samples, families.started);
      return {
        version: status.version,
        clusterVersion: version.cluster,
        memberId: status.memberId,
        leaderId: status.leaderId ?? null,
        isLearner: status.isLearner,
        isHealthy: health.isHealthy,
        errors: status.errors,
        dbSizeBytes: status.dbSizeBytes,
        dbSizeInUseBytes: status.dbSizeInUseBytes ?? null,
        quotaBytes: valueOf(samples, families.quota),
        leaderChanges: valueOf(samples, families.changes),
        startedAt: started === null ? null : new Date(started * 1000).toISOString(),
        walFsyncP99: boundText(quantileBound(samples, families.fsync, 0.99)),
        peerRoundTripP99: boundText(quantileBound(samples, families.roundTrip, 0.99)),
      };
    }),
});

const valueOf = (samples: readonly EtcdSample[], name: string): number | null =>
  samples.find((sample) => sample.name === name)?.value ?? null;

const boundText = (bound: number | undefined): string | null =>
  bound === undefined ? null : bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
