import type { AnyCollector } from './model.ts';
import { pgCore } from './postgres/pg.ts';
import { pgActivity } from './postgres/pg-activity.ts';
import { pgArchiver } from './postgres/pg-archiver.ts';
import { pgDb } from './postgres/pg-db.ts';
import { pgDownstream } from './postgres/pg-downstream.ts';
import { pgLock } from './postgres/pg-lock.ts';
import { pgMeta } from './postgres/pg-meta.ts';
import { pgRecv } from './postgres/pg-recv.ts';
import { pgRepl } from './postgres/pg-repl.ts';
import { pgSetting } from './postgres/pg-setting.ts';
import { pgSize } from './postgres/pg-size.ts';
import { pgSlot } from './postgres/pg-slot.ts';
import { pgSsl } from './postgres/pg-ssl.ts';
import { pgSyncStandby } from './postgres/pg-sync-standby.ts';
import { pgWal } from './postgres/pg-wal.ts';

/** Every built-in collector that reads PostgreSQL, by ascending priority. */
export const postgresCollectors: readonly AnyCollector[] = Object.freeze([
  pgCore,
  pgMeta,
  pgSetting,
  pgRepl,
  pgSyncStandby,
  pgDownstream,
  pgSlot,
  pgRecv,
  pgSize,
  pgArchiver,
  pgSsl,
  pgWal,
  pgActivity,
  pgLock,
  pgDb,
]);

/** Every built-in collector. */
export const collectors: readonly AnyCollector[] = postgresCollectors;
