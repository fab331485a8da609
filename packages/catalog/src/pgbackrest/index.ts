import { backrestConfigMetrics, backrestDrillMetrics, backrestVerifyMetrics } from './assurance.ts';
import { backrestBackupMetrics } from './backup.ts';
import { backrestExporterMetrics } from './exporter.ts';
import { backrestLastMetrics, backrestNewestMetrics } from './last-backup.ts';
import { backrestLocalMetrics, backrestScheduleMetrics } from './operation.ts';
import { backrestRecoveryMetrics } from './recovery.ts';
import { backrestFormerMetrics, backrestStanzaMetrics } from './stanza.ts';
import { backrestArchiverMetrics, backrestWalMetrics } from './wal.ts';

export * from './assurance.ts';
export * from './backup.ts';
export * from './exporter.ts';
export * from './last-backup.ts';
export * from './operation.ts';
export * from './recovery.ts';
export * from './stanza.ts';
export * from './wal.ts';

/** Everything the pgBackRest exporter may show, by what it is about. */
export const backrestMetrics = Object.freeze({
  backup: backrestBackupMetrics,
  last: backrestLastMetrics,
  newest: backrestNewestMetrics,
  stanza: backrestStanzaMetrics,
  former: backrestFormerMetrics,
  recovery: backrestRecoveryMetrics,
  wal: backrestWalMetrics,
  archiver: backrestArchiverMetrics,
  local: backrestLocalMetrics,
  schedule: backrestScheduleMetrics,
  verify: backrestVerifyMetrics,
  config: backrestConfigMetrics,
  drill: backrestDrillMetrics,
  exporter: backrestExporterMetrics,
});
