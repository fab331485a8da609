import { defineMetric, gauge, state } from '../model.ts';

/** What pgBackRest leaves on this host: spool, stop files, locks and logs. Absent where they cannot be read. */
export const backrestLocalMetrics = Object.freeze({
  backrestStopFile: defineMetric(
    'pgbackrest_stop_file',
    gauge('bool', 'Whether a stop file forbids archiving and backups on this host, for the stanza or for all'),
    ['stanza', 'scope'],
  ),
  backrestSpoolErrors: defineMetric(
    'pgbackrest_spool_errors',
    gauge('count', 'Segments whose asynchronous push failed, by the class of the error'),
    ['stanza', 'class'],
  ),
  backrestSpoolDroppedSegments: defineMetric(
    'pgbackrest_spool_warned_segments',
    gauge('count', 'Segments in the spool whose push carries a warning: dropped, as the queue was full'),
    ['stanza'],
  ),
  backrestSpoolPushedSegments: defineMetric(
    'pgbackrest_spool_pushed_segments',
    gauge('count', 'Segments pushed asynchronously that archive_command has not asked for yet'),
    ['stanza'],
  ),
  backrestLocalReadySegments: defineMetric(
    'pgbackrest_queue_segments',
    gauge('count', 'Segments that wait for archive_command, by the files in pg_wal/archive_status'),
    ['stanza'],
  ),
  backrestBackupProgressRatio: defineMetric(
    'pgbackrest_stanza_backup_progress_ratio',
    gauge('ratio', 'Share of the running backup that is done; absent while none runs here or it does not tell'),
    ['stanza'],
  ),
  backrestCommandLastOutcome: defineMetric(
    'pgbackrest_command_last_outcome',
    state('How the last run of a command on this host ended, by its log', {
      0: 'succeeded',
      1: 'failed',
      2: 'neither ended nor running: killed',
      3: 'running',
    }),
    ['stanza', 'command'],
  ),
  backrestCommandLastExitCode: defineMetric(
    'pgbackrest_command_last_exit_code',
    gauge('id', 'Exit status of the last run of a command on this host, absent where it was killed or still runs'),
    ['stanza', 'command'],
  ),
  backrestCommandLastBeganTimestampSeconds: defineMetric(
    'pgbackrest_command_last_began_timestamp_seconds',
    gauge('timestamp_seconds', 'When the last run of a command on this host began, by its log'),
    ['stanza', 'command'],
  ),
  backrestCommandLastEndedTimestampSeconds: defineMetric(
    'pgbackrest_command_last_ended_timestamp_seconds',
    gauge('timestamp_seconds', 'When the last run of a command on this host ended, by its log'),
    ['stanza', 'command'],
  ),
});

const scheduled = ['stanza', 'repo_key', 'backup_type'] as const;

/** Backups against the declared schedule. Absent without one, and while the backups are unknown. */
export const backrestScheduleMetrics = Object.freeze({
  backrestScheduleMissed: defineMetric(
    'pgbackrest_schedule_missed',
    gauge('bool', 'Whether the backup last due has not been made in its time'),
    scheduled,
  ),
  backrestScheduleOverdueSeconds: defineMetric(
    'pgbackrest_schedule_overdue_seconds',
    gauge('seconds', 'Time since the backup last due should have been there, 0 when it is'),
    scheduled,
  ),
  backrestScheduleDueTimestampSeconds: defineMetric(
    'pgbackrest_schedule_due_timestamp_seconds',
    gauge('timestamp_seconds', 'When the last backup was due to begin'),
    scheduled,
  ),
  backrestScheduleNextTimestampSeconds: defineMetric(
    'pgbackrest_schedule_next_timestamp_seconds',
    gauge('timestamp_seconds', 'When the next backup is due to begin'),
    scheduled,
  ),
});
