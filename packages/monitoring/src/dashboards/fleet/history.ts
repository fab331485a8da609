import { pgDb, promql } from '@pgattest/catalog';
import { type Panel, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { say, same } from '../../grafana/text.ts';
import { clusterPrimaries } from '../../recording/members.ts';

export const historyRow: readonly Panel[] = [
  stateTimeline({
    title: say('Primaries by cluster', '各集群主库数'),
    description: say(
      'One line a cluster: no primary, one, or more. A gap means that no instance of it answered.',
      '每个集群一行：无主库、一个主库或多个。空白表示没有实例应答。',
    ),
    queries: [{ expr: promql`max by (cls) (${clusterPrimaries})`, legend: same('{{cls}}') }],
    unit: 'state',
    words: {
      0: { text: say('none', '无主'), colour: 'red' },
      1: { text: say('one', '一主'), colour: 'green' },
      2: { text: say('two', '双主'), colour: 'red' },
      3: { text: say('three', '三主'), colour: 'red' },
    },
    empty: say('no recording rules are evaluated', '记录规则未运行'),
    width: 12,
  }),
  timeseries({
    title: say('Transactions per second', '每秒事务数'),
    description: say(
      'Commits and rollbacks of all instances of a cluster. A cliff is an outage, or the end of a job.',
      '集群所有实例的提交与回滚。断崖意味着停服，或任务结束。',
    ),
    queries: [
      { expr: promql`sum by (cls) (rate(${pgDb.m.xact_total}[$__rate_interval]))`, legend: same('{{cls}}') },
    ],
    unit: 'per_second',
    empty: say('no PostgreSQL exporter is scraped', '未采集任何 PostgreSQL 采集器'),
    width: 12,
  }),
];
