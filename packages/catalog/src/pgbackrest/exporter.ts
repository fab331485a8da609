import { counter, defineMetric, gauge } from '../model.ts';

/**
 * What the pgBackRest exporter says of itself. A task is one kind of collection: version, info, wal, config, local,
 * postgres, databases, verify, schedule, drill.
 */
export const backrestExporterMetrics = Object.freeze({
  backrestExporterStatus: defineMetric(
    'pgbackrest_exporter_status',
    gauge('bool', 'Whether the last info run could be read; the data of one that could not stay as they were'),
    ['stanza'],
  ),
  backrestExporterBuildInfo: defineMetric(
    'pgbackrest_exporter_build_info',
    gauge('info', 'Build of the exporter, constantly 1'),
    ['branch', 'goarch', 'goos', 'goversion', 'revision', 'tags', 'version'],
  ),
  backrestExporterUptimeSeconds: defineMetric(
    'pgbackrest_exporter_uptime_seconds',
    gauge('seconds', 'Time since the exporter started'),
  ),
  backrestTaskSuccess: defineMetric(
    'pgbackrest_exporter_task_success',
    gauge('bool', 'Whether the last run of a task succeeded; absent before its first run has ended'),
    ['task'],
  ),
  backrestTaskLastErrorInfo: defineMetric(
    'pgbackrest_exporter_task_last_error_info',
    gauge('info', 'Class of the error of the last run of a task, absent after a success, constantly 1'),
    ['task', 'class', 'exit_code'],
  ),
  backrestTaskErrorsTotal: defineMetric(
    'pgbackrest_exporter_task_errors_total',
    counter('count', 'Failed runs of a task'),
    ['task'],
  ),
  backrestTaskRunsTotal: defineMetric('pgbackrest_exporter_task_runs_total', counter('count', 'Ended runs of a task'), [
    'task',
  ]),
  backrestTaskDurationSeconds: defineMetric(
    'pgbackrest_exporter_task_duration_seconds',
    gauge('seconds', 'Time the last run of a task took'),
    ['task'],
  ),
  backrestTaskLastSuccessTimestampSeconds: defineMetric(
    'pgbackrest_exporter_task_last_success_timestamp_seconds',
    gauge('timestamp_seconds', 'When a run of a task last succeeded'),
    ['task'],
  ),
  backrestTaskAgeSeconds: defineMetric(
    'pgbackrest_exporter_task_age_seconds',
    gauge('seconds', 'Age of the data of a task as of this scrape'),
    ['task'],
  ),
  backrestTaskRunning: defineMetric(
    'pgbackrest_exporter_task_running_seconds',
    gauge('seconds', 'How long a task has been running now, 0 while it does not'),
    ['task'],
  ),
  backrestTaskIntervalSeconds: defineMetric(
    'pgbackrest_exporter_task_interval_seconds',
    gauge('seconds', 'Pause between two runs of a task'),
    ['task'],
  ),
  backrestRepoDataAgeSeconds: defineMetric(
    'pgbackrest_repo_data_age_seconds',
    gauge('seconds', 'Age of what is shown of the backups in a repository, as of this scrape'),
    ['stanza', 'repo_key'],
  ),
  backrestRepoErrorInfo: defineMetric(
    'pgbackrest_repo_error_info',
    gauge('info', 'Class of the error of a repository that cannot be read, constantly 1'),
    ['stanza', 'repo_key', 'class'],
  ),
});
