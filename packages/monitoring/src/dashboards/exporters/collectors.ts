import {
  pgExporterPlanSkippedQueries,
  pgExporterQueryAgeSeconds,
  pgExporterQueryScrapeDuration,
  pgExporterQueryScrapeErrorCount,
  pgExporterQueryStale,
  pgExporterQueryUp,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, barGauge, stat, table, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { cluster, orZero } from '../scope.ts';

const nothing = say('no PostgreSQL exporter is scraped', '未采集 PostgreSQL 采集器');
const up = select(pgExporterQueryUp, cluster);

export const collectorsRow: readonly Panel[] = [
  stat({
    title: say('Collectors that fail', '失败的采集项'),
    description: say(
      'Collectors whose last execution failed, on any member and database.',
      '任一成员任一数据库上最近一次执行失败的采集项。',
    ),
    queries: [{ expr: orZero(promql`count(${up} == 0)`, up), legend: say('failing', '失败') }],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say('Orange from 1: panels and alerts on it are blind.', '从 1 起为橙色：依赖它的面板与告警失明。'),
      },
    ],
    empty: nothing,
    width: 4,
    height: 6,
  }),
  stat({
    title: say('Collectors with old data', '数据陈旧的采集项'),
    description: say(
      'Collectors that fail and show an older result until it is too old.',
      '执行失败、暂以旧结果代替的采集项。',
    ),
    queries: [
      { expr: promql`sum(${select(pgExporterQueryStale, cluster)})`, legend: say('stale', '陈旧') },
    ],
    unit: 'count',
    thresholds: [
      {
        value: 1,
        colour: 'orange',
        why: say('Orange from 1: what is shown is not how it is.', '从 1 起为橙色：显示的不是现状。'),
      },
    ],
    empty: nothing,
    width: 4,
    height: 6,
  }),
  barGauge({
    title: say('Collectors not planned', '未执行的采集项'),
    description: say(
      'Collectors that do not run on a member, by reason: another version, another role, an extension that is missing.',
      '在成员上不执行的采集项及原因：版本、角色、缺少扩展。',
    ),
    queries: [
      {
        expr: promql`max by (reason) (${select(pgExporterPlanSkippedQueries, cluster)})`,
        legend: same('{{reason}}'),
      },
    ],
    unit: 'count',
    empty: say('every collector runs everywhere', '所有采集项在各处运行'),
    width: 16,
    height: 6,
  }),
  timeseries({
    title: say('Collector errors', '采集项错误'),
    description: say(
      'Failed executions in the last five minutes by collector. Anything above zero makes panels and alerts blind.',
      '最近五分钟各采集项的失败次数。大于零即意味着面板与告警失明。',
    ),
    queries: [
      {
        expr: promql`sum by (ins, query) (increase(${select(pgExporterQueryScrapeErrorCount, cluster)}[5m])) > 0`,
        legend: same('{{ins}} {{query}}'),
        when: 'collector-failing',
      },
    ],
    unit: 'count',
    empty: say('no collector failed', '没有采集项失败'),
    width: 12,
  }),
  barGauge({
    title: say('Slowest collectors', '最慢的采集项'),
    description: say(
      'The ten collectors whose last execution took longest, over all members.',
      '所有成员中最近一次执行最慢的十个采集项。',
    ),
    queries: [
      {
        expr: promql`topk(10, max by (query) (${select(pgExporterQueryScrapeDuration, cluster)}))`,
        legend: same('{{query}}'),
      },
    ],
    empty: nothing,
    width: 12,
  }),
  table({
    title: say('Collectors by member', '各成员的采集项'),
    description: say(
      'Whether each collector works on each member, and how old its samples are.',
      '各成员上每个采集项是否工作，以及样本的时长。',
    ),
    keys: { ins: say('Instance', '实例'), datname: say('Database', '数据库'), query: say('Collector', '采集项') },
    values: [
      {
        title: say('Works', '工作'),
        expr: promql`min by (ins, datname, query) (${up})`,
        unit: 'state',
        words: {
          0: { text: say('fails', '失败'), colour: 'red' },
          1: { text: say('works', '正常'), colour: 'green' },
        },
      },
      {
        title: say('Age', '时长'),
        expr: promql`max by (ins, datname, query) (${select(pgExporterQueryAgeSeconds, cluster)})`,
        thresholds: [
          {
            value: 'stale',
            colour: 'orange',
            why: say('Age is orange from {value}: the results are kept while it fails.', '时长：从 {value} 起为橙色，失败期间保留旧结果。'),
          },
        ],
      },
    ],
    empty: nothing,
    link: uids.instance,
    width: 24,
    height: 10,
  }),
];
