import type { AnyCollector } from './model.ts';
import { pgActivity } from './postgres/pg-activity.ts';
import { pgArchiver } from './postgres/pg-archiver.ts';
import { pgBackend } from './postgres/pg-backend.ts';
import { pgBackup } from './postgres/pg-backup.ts';
import { pgBgwriter } from './postgres/pg-bgwriter.ts';
import { pgCheckpoint } from './postgres/pg-checkpoint.ts';
import { pgCheckpointer } from './postgres/pg-checkpointer.ts';
import { pgCitusNode } from './postgres/pg-citus-node.ts';
import { pgClustering } from './postgres/pg-clustering.ts';
import { pgDbConfl } from './postgres/pg-db-confl.ts';
import { pgDb } from './postgres/pg-db.ts';
import { pgDefpart } from './postgres/pg-defpart.ts';
import { pgDownstream } from './postgres/pg-downstream.ts';
import { pgFunc } from './postgres/pg-func.ts';
import { pgHeartbeat } from './postgres/pg-heartbeat.ts';
import { pgIndexBloat } from './postgres/pg-index-bloat.ts';
import { pgIndex } from './postgres/pg-index.ts';
import { pgIndexing } from './postgres/pg-indexing.ts';
import { pgIo } from './postgres/pg-io.ts';
import { pgLockStat } from './postgres/pg-lock-stat.ts';
import { pgLock } from './postgres/pg-lock.ts';
import { pgMeta } from './postgres/pg-meta.ts';
import { pgOrigin } from './postgres/pg-origin.ts';
import { pgPubrel } from './postgres/pg-pubrel.ts';
import { pgQuery } from './postgres/pg-query.ts';
import { pgRecoveryPrefetch } from './postgres/pg-recovery-prefetch.ts';
import { pgRecoveryState } from './postgres/pg-recovery-state.ts';
import { pgRecovery } from './postgres/pg-recovery.ts';
import { pgRecv } from './postgres/pg-recv.ts';
import { pgRelkind } from './postgres/pg-relkind.ts';
import { pgRepl } from './postgres/pg-repl.ts';
import { pgSeq } from './postgres/pg-seq.ts';
import { pgSetting } from './postgres/pg-setting.ts';
import { pgShmem } from './postgres/pg-shmem.ts';
import { pgSize } from './postgres/pg-size.ts';
import { pgSlot } from './postgres/pg-slot.ts';
import { pgSlru } from './postgres/pg-slru.ts';
import { pgSsl } from './postgres/pg-ssl.ts';
import { pgSub } from './postgres/pg-sub.ts';
import { pgSubrel } from './postgres/pg-subrel.ts';
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
import { pgCore } from './postgres/pg.ts';

/** Built-in collectors that the PostgreSQL exporter runs, by ascending priority: once per server, plain values. */
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
]);

/** Built-in collectors that run in every database, by ascending priority; the exporter does not visit those yet. */
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
]);

/** Built-in collectors with distributions, which the exporter does not make yet. */
export const histogramCollectors: readonly AnyCollector[] = Object.freeze([pgXactAge]);

/** Every built-in collector, by ascending priority. */
export const collectors: readonly AnyCollector[] = Object.freeze(
  [...postgresCollectors, ...databaseCollectors, ...histogramCollectors].toSorted((a, b) => a.priority - b.priority),
);
