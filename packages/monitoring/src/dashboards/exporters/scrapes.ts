import {
  pgExporterScrapeBudgetSeconds,
  pgExporterScrapeDuration,
  promql,
  scrapeDurationSeconds,
  scrapeSamplesScraped,
  scrapeUp,
  select,
} from '@pgattest/catalog';
import { type Panel, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';

const nothing = say('no target of this cluster is configured', '该集群没有采集目标');

export const scrapesRow: readonly Panel[] = [
  stateTimeline({
    title: say('Targets of this cluster', '本集群的采集目标'),
    description: say(
      'Whether each target of the cluster could be scraped. While it is red nothing is known about what it watches.',
      '本集群各目标是否采集成功。红色期间对其监控对象一无所知。',
    ),
    queries: [
      { expr: promql`max by (ins, instance) (${select(scrapeUp, cluster)})`, legend: same('{{ins}} {{instance}}') },
    ],
    unit: 'state',
    words: {
      0: { text: say('lost', '失联'), colour: 'red' },
      1: { text: say('scraped', '成功'), colour: 'green' },
    },
    empty: nothing,
    width: 12,
    height: 10,
  }),
  stateTimeline({
    title: say('All other targets', '其他采集目标'),
    description: say(
      'Targets that belong to no PostgreSQL cluster: etcd, HAProxy, the auditor, and what evaluates rules.',
      '不属于某个 PostgreSQL 集群的目标：etcd、HAProxy、审计器以及规则引擎。',
    ),
    queries: [
      {
        expr: promql`max by (job, instance) (${scrapeUp} unless on (cls) ${select(scrapeUp, cluster)})`,
        legend: same('{{job}} {{instance}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('lost', '失联'), colour: 'red' },
      1: { text: say('scraped', '成功'), colour: 'green' },
    },
    empty: say('there are no other targets', '没有其他目标'),
    width: 12,
    height: 10,
  }),
  timeseries({
    title: say('Scrape duration', '采集耗时'),
    description: say(
      'Time each target takes for a scrape, its transport included.',
      '各目标一次采集的耗时，包含传输。',
    ),
    queries: [
      {
        expr: promql`max by (ins, instance) (${select(scrapeDurationSeconds, cluster)})`,
        legend: same('{{ins}} {{instance}}'),
      },
    ],
    thresholds: [
      {
        value: 5,
        colour: 'orange',
        why: say('Orange from 5 s: the usual scrape timeout is 8 to 10 s.', '从 5 秒起为橙色：常用采集超时为 8 至 10 秒。'),
      },
    ],
    empty: nothing,
    width: 8,
  }),
  timeseries({
    title: say('Share of the deadline used', '采集时限使用率'),
    description: say(
      'What the PostgreSQL exporter used of the time the scraper gives it. Beyond it, collectors are cut off.',
      'PostgreSQL 采集器用掉的采集时限占比。超出后采集项会被中断。',
    ),
    queries: [
      {
        expr: promql`max by (ins) (${select(pgExporterScrapeDuration, cluster)} / (${select(pgExporterScrapeBudgetSeconds, cluster)} > 0))`,
        legend: same('{{ins}}'),
      },
    ],
    unit: 'percent',
    thresholds: [
      {
        value: 'scrape',
        colour: 'orange',
        why: say('Orange from {value}: a slower server loses collectors.', '从 {value} 起为橙色：服务器再慢就会丢失采集项。'),
      },
    ],
    empty: nothing,
    width: 8,
  }),
  timeseries({
    title: say('Samples per scrape', '每次采集样本数'),
    description: say(
      'Samples each target exposes. A step up is a new source of series; make sure that somebody wants it.',
      '各目标暴露的样本数。台阶上升意味着新的序列来源，请确认确有需要。',
    ),
    queries: [
      {
        expr: promql`max by (ins, instance) (${select(scrapeSamplesScraped, cluster)})`,
        legend: same('{{ins}} {{instance}}'),
      },
    ],
    empty: nothing,
    width: 8,
  }),
];
