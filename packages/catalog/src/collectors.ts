import type { AnyCollector } from './model.ts';
import { pgActivity } from './postgres/pg-activity.ts';
import { pgArchive } from './postgres/pg-archive.ts';
import { pgArchiver } from './postgres/pg-archiver.ts';
import { pgBackend } from './postgres/pg-backend.ts';
import { pgBackup } from './postgres/pg-backup.ts';
import { pgBgwriter } from './postgres/pg-bgwriter.ts';
import { pgBlocked } from './postgres/pg-blocked.ts';
import { pgCheckpoint } from './postgres/pg-checkpoint.ts';
import { pgCheckpointer } from './postgres/pg-checkpointer.ts';
import { pgCitusNode } from './postgres/pg-citus-node.ts';
import { pgClustering } from './postgres/pg-clustering.ts';
import { pgConfigFile } from './postgres/pg-config-file.ts';
import { pgDbConfl } from './postgres/pg-db-confl.ts';
import { pgDb } from './postgres/pg-db.ts';
import { pgDefpart } from './postgres/pg-defpart.ts';
import { pgDownstream } from './postgres/pg-downstream.ts';
import { pgExtension } from './postgres/pg-extension.ts';
import { pgFailoverSlot } from './postgres/pg-failover-slot.ts';
import { pgFreezeConsumed } from './postgres/pg-freeze-consumed.ts';
import { pgFreeze } from './postgres/pg-freeze.ts';
import { pgFunc } from './postgres/pg-func.ts';
import { pgHbaFile } from './postgres/pg-hba-file.ts';
import { pgHeartbeat } from './postgres/pg-heartbeat.ts';
import { pgIdentFile } from './postgres/pg-ident-file.ts';
import { pgIdleTransaction } from './postgres/pg-idle-transaction.ts';
import { pgIndexBloat } from './postgres/pg-index-bloat.ts';
import { pgIndex } from './postgres/pg-index.ts';
import { pgIndexing } from './postgres/pg-indexing.ts';
import { pgIo } from './postgres/pg-io.ts';
import { pgLockStat } from './postgres/pg-lock-stat.ts';
import { pgLock } from './postgres/pg-lock.ts';
import { pgMeta } from './postgres/pg-meta.ts';
import { pgOrigin } from './postgres/pg-origin.ts';
import { pgPendingRestartSetting } from './postgres/pg-pending-restart-setting.ts';
import { pgPendingRestart } from './postgres/pg-pending-restart.ts';
import { pgPreparedTransaction } from './postgres/pg-prepared-transaction.ts';
import { pgPubrel } from './postgres/pg-pubrel.ts';
import { pgQuery } from './postgres/pg-query.ts';
import { pgRecoveryPrefetch } from './postgres/pg-recovery-prefetch.ts';
import { pgRecoveryState } from './postgres/pg-recovery-state.ts';
import { pgRecovery } from './postgres/pg-recovery.ts';
import { pgRecv } from './postgres/pg-recv.ts';
import { pgRelkind } from './postgres/pg-relkind.ts';
import { pgRepl } from './postgres/pg-repl.ts';
import { pgRootBlocker } from './postgres/pg-root-blocker.ts';
import { pgSeq } from './postgres/pg-seq.ts';
import { pgSetting } from './postgres/pg-setting.ts';
import { pgShmem } from './postgres/pg-shmem.ts';
import { pgSize } from './postgres/pg-size.ts';
import { pgSlot } from './postgres/pg-slot.ts';
import { pgSlru } from './postgres/pg-slru.ts';
import { pgSsl } from './postgres/pg-ssl.ts';
import { pgStandby } from './postgres/pg-standby.ts';
import { pgSub } from './postgres/pg-sub.ts';
import { pgSubrel } from './postgres/pg-subrel.ts';
import { pgSubscription } from './postgres/pg-subscription.ts';
import { pgSyncCandidate } from './postgres/pg-sync-candidate.ts';
import { pgSyncQuorum } from './postgres/pg-sync-quorum.ts';
import { pgSyncStandby } from './postgres/pg-sync-standby.ts';
import { pgTableBloat } from './postgres/pg-table-bloat.ts';
import { pgTableSize } from './postgres/pg-table-size.ts';
import { pgTable } from './postgres/pg-table.ts';
import { pgTimeline } from './postgres/pg-timeline.ts';
import { pgTsdbHypertable } from './postgres/pg-tsdb-hypertable.ts';
import { pgVacuumScore } from './postgres/pg-vacuum-score.ts';
import { pgVacuuming } from './postgres/pg-vacuuming.ts';
import { pgWaitEvent1s } from './postgres/pg-wait-event-1s.ts';
import { pgWaitEvent } from './postgres/pg-wait-event.ts';
import { pgWait } from './postgres/pg-wait.ts';
import { pgWal } from './postgres/pg-wal.ts';
import { pgXactAge } from './postgres/pg-xact-age.ts';
import { pgXact } from './postgres/pg-xact.ts';
import { pgXminHolder } from './postgres/pg-xmin-holder.ts';
import { pgCore } from './postgres/pg.ts';

/** Built-in collectors that run once per server and have plain values, by ascending priority. */
export const postgresCollectors: readonly AnyCollector[] = Object.freeze([
  pgCore,
  pgMeta,
  pgSetting,
  pgRepl,
  pgSyncStandby,
  pgDownstream,
  pgSlot,
  pgRecv,
  pgSub,
  pgOrigin,
  pgIo,
  pgSize,
  pgArchiver,
  pgBgwriter,
  pgCheckpointer,
  pgSsl,
  pgCheckpoint,
  pgTimeline,
  pgRecoveryPrefetch,
  pgRecovery,
  pgRecoveryState,
  pgSlru,
  pgShmem,
  pgWal,
  pgActivity,
  pgWait,
  pgBackend,
  pgXact,
  pgLock,
  pgLockStat,
  pgQuery,
  pgVacuuming,
  pgIndexing,
  pgClustering,
  pgBackup,
  pgDb,
  pgDbConfl,
  pgWaitEvent1s,
  pgWaitEvent,
  pgSyncQuorum,
  pgSyncCandidate,
  pgStandby,
  pgPendingRestart,
  pgPendingRestartSetting,
  pgConfigFile,
  pgHbaFile,
  pgIdentFile,
  pgArchive,
  pgFreeze,
  pgFreezeConsumed,
  pgBlocked,
  pgRootBlocker,
  pgSubscription,
  pgFailoverSlot,
  pgXminHolder,
  pgIdleTransaction,
  pgPreparedTransaction,
]);

/** Built-in collectors that run in every database, by ascending priority. */
export const databaseCollectors: readonly AnyCollector[] = Object.freeze([
  pgPubrel,
  pgSubrel,
  pgVacuumScore,
  pgTable,
  pgIndex,
  pgFunc,
  pgSeq,
  pgRelkind,
  pgDefpart,
  pgTableSize,
  pgTableBloat,
  pgIndexBloat,
  pgTsdbHypertable,
  pgCitusNode,
  pgHeartbeat,
  pgExtension,
]);

/** Built-in collectors with distributions. */
export const histogramCollectors: readonly AnyCollector[] = Object.freeze([pgXactAge]);

/** Every built-in collector, by ascending priority. */
export const collectors: readonly AnyCollector[] = Object.freeze(
  [...postgresCollectors, ...databaseCollectors, ...histogramCollectors].toSorted((a, b) => a.priority - b.priority),
);

/**
 * Collectors that pg_exporter does not have. Names of their metrics end in the unit, in `_info` or, for counters, in
 * `_total`; a count is named for what is counted.
 */
export const ourCollectors: readonly AnyCollector[] = Object.freeze([
  pgSyncQuorum,
  pgSyncCandidate,
  pgStandby,
  pgPendingRestart,
  pgPendingRestartSetting,
  pgConfigFile,
  pgHbaFile,
  pgIdentFile,
  pgArchive,
  pgFreeze,
  pgFreezeConsumed,
  pgBlocked,
  pgRootBlocker,
  pgExtension,
  pgSubscription,
  pgFailoverSlot,
  pgXminHolder,
  pgIdleTransaction,
  pgPreparedTransaction,
]);
