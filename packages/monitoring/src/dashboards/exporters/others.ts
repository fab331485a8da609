import {
  backrestExporterMetrics,
  pgbouncerConsoleMetrics,
  pgExporterUptime,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stateTimeline, table, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster } from '../scope.ts';

export const othersRow: readonly Panel[] = [
  stateTimeline({
    title: say('PgBouncer console commands', 'PgBouncer 控制台命令'),
    description: say(
      'Whether the console answered each command of the PgBouncer exporter, on every member.',
      '各成员的控制台是否应答 PgBouncer 采集器的每条命令。',
    ),
    queries: [
      {
        expr: promql`min by (command) (${select(pgbouncerConsoleMetrics.commandUp, cluster)})`,
        legend: same('{{command}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('failed', '失败'), colour: 'red' },
      1: { text: say('answered', '应答'), colour: 'green' },
    },
    empty: say('no PgBouncer exporter is scraped', '未采集 PgBouncer'),
    link: uids.pooler,
    width: 12,
  }),
  table({
    title: say('Tasks of the pgBackRest exporter', 'pgBackRest 采集任务'),
    description: say(
      'Whether each background task succeeded, and how old its result is, by member.',
      '各成员后台任务是否成功，以及结果的时长。',
    ),
    keys: { ins: say('Instance', '实例'), task: say('Task', '任务') },
    values: [
      {
        title: say('Last run', '最近运行'),
        expr: promql`min by (ins, task) (${select(backrestExporterMetrics.backrestTaskSuccess, cluster)})`,
        unit: 'state',
        words: {
          0: { text: say('failed', '失败'), colour: 'red' },
          1: { text: say('succeeded', '成功'), colour: 'green' },
        },
      },
      {
        title: say('Result age', '结果时长'),
        expr: promql`max by (ins, task) (${select(backrestExporterMetrics.backrestTaskAgeSeconds, cluster)})`,
      },
    ],
    empty: say('no pgBackRest exporter is scraped', '未采集 pgBackRest'),
    link: uids.backup,
    width: 12,
  }),
  timeseries({
    title: say('Exporter uptime', '采集器运行时间'),
    description: say(
      'Time since each PostgreSQL exporter started. A saw is an exporter that is killed or crashes again and again.',
      '各 PostgreSQL 采集器的运行时间。锯齿说明采集器反复被终止或崩溃。',
    ),
    queries: [{ expr: promql`max by (ins) (${select(pgExporterUptime, cluster)})`, legend: same('{{ins}}') }],
    empty: say('no PostgreSQL exporter is scraped', '未采集 PostgreSQL 采集器'),
    width: 24,
    height: 6,
  }),
];
