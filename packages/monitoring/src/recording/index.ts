import type { RecordingRule } from '../model.ts';
import { connectionUsage } from './connections.ts';
import { clusterAlive, clusterPrimaries, clusterSize, instanceIsPrimary } from './members.ts';
import { standbyLagBytes, standbyLagSeconds } from './replication.ts';

/** Recorded series in evaluation order: a rule may read those above it. */
export const recordings: readonly RecordingRule[] = [
  instanceIsPrimary,
  clusterSize,
  clusterAlive,
  clusterPrimaries,
  standbyLagBytes,
  standbyLagSeconds,
  connectionUsage,
];
