import type { AlertGroup } from '../../model.ts';
import { backupFailed } from './backup-failed.ts';
import { backupFullLate } from './backup-full-late.ts';
import { backupLate } from './backup-late.ts';
import { backupMissing } from './backup-missing.ts';
import { backupNeverVerified } from './backup-never-verified.ts';
import { backupNotRestorable } from './backup-not-restorable.ts';
import { backupPageErrors } from './backup-page-errors.ts';
import { backupRepositoryFailing } from './backup-repository-failing.ts';
import { backupScheduleMissed } from './backup-schedule-missed.ts';
import { backupStopFile } from './backup-stop-file.ts';
import { backupUnencrypted } from './backup-unencrypted.ts';
import { backupVerifyFailed } from './backup-verify-failed.ts';
import { backupVerifyOverdue } from './backup-verify-overdue.ts';
import { backupWalGap } from './backup-wal-gap.ts';
import { backupWalLost } from './backup-wal-lost.ts';
import { backupWindowShort } from './backup-window-short.ts';
import { postgresArchiveLagging } from './postgres-archive-lagging.ts';
import { postgresArchiverFailing } from './postgres-archiver-failing.ts';
import { restoreDrillFailed } from './restore-drill-failed.ts';
import { restoreDrillNever } from './restore-drill-never.ts';
import { restoreDrillOverdue } from './restore-drill-overdue.ts';

/** Archiving, backups, and whether they can be restored. */
export const backupAlertGroup: AlertGroup = {
  name: 'backup',
  about: 'Archiving, backups, and whether they can be restored',
  category: 'pgsql',
  interval: '30s',
  dashboard: 'pgattest-backup',
  alerts: [
    backupFailed,
    backupFullLate,
    backupLate,
    backupMissing,
    backupNeverVerified,
    backupNotRestorable,
    backupPageErrors,
    backupRepositoryFailing,
    backupScheduleMissed,
    backupStopFile,
    backupUnencrypted,
    backupVerifyFailed,
    backupVerifyOverdue,
    backupWalGap,
    backupWalLost,
    backupWindowShort,
    postgresArchiveLagging,
    postgresArchiverFailing,
    restoreDrillFailed,
    restoreDrillNever,
    restoreDrillOverdue,
  ],
};
