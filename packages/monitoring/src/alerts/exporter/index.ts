import type { AlertGroup } from '../../model.ts';
import { backrestExporterDown } from './backrest-exporter-down.ts';
import { backrestTaskFailing } from './backrest-task-failing.ts';
import { exporterDatabaseUnread } from './exporter-database-unread.ts';
import { exporterRestarting } from './exporter-restarting.ts';
import { exporterResultsStale } from './exporter-results-stale.ts';
import { exporterScrapeNearDeadline } from './exporter-scrape-near-deadline.ts';
import { exporterSeriesCut } from './exporter-series-cut.ts';
import { pgbouncerCollectorFailing } from './pgbouncer-collector-failing.ts';
import { pgbouncerExporterDown } from './pgbouncer-exporter-down.ts';
import { pgbouncerMonitorRefused } from './pgbouncer-monitor-refused.ts';
import { postgresCollectorFailing } from './postgres-collector-failing.ts';
import { postgresExporterDown } from './postgres-exporter-down.ts';
import { postgresMonitorRefused } from './postgres-monitor-refused.ts';

/** Exporters: what monitoring cannot see. */
export const exporterAlertGroup: AlertGroup = {
  name: 'exporter',
  about: 'Exporters: what monitoring cannot see',
  category: 'pgsql',
  interval: '10s',
  dashboard: 'pgattest-exporters',
  alerts: [
    backrestExporterDown,
    backrestTaskFailing,
    exporterDatabaseUnread,
    exporterRestarting,
    exporterResultsStale,
    exporterScrapeNearDeadline,
    exporterSeriesCut,
    pgbouncerCollectorFailing,
    pgbouncerExporterDown,
    pgbouncerMonitorRefused,
    postgresCollectorFailing,
    postgresExporterDown,
    postgresMonitorRefused,
  ],
};
