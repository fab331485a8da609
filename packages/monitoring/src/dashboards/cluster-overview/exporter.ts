import { pgExporterQueryScrapeErrorCount, pgExporterScrapeDuration, promql, scrapeUp, select } from '@pgattest/catalog';
import { type Panel, stateTimeline, timeseries } from '../../grafana/panel.ts';

const cluster = { cls: '$cls' } as const;

export const exporterRow: readonly Panel[] = [
  stateTimeline({
    title: 'Scrapes',
    description: 'Whether each target of the cluster could be scraped. While it is red nothing is known about that member.',
    queries: [{ expr: promql`max by (ins, instance) (${select(scrapeUp, cluster)})`, legend: '{{ins}} {{instance}}' }],
    unit: 'state',
    words: { 0: { text: 'lost', colour: 'red' }, 1: { text: 'scraped', colour: 'green' } },
    empty: 'no target of this cluster is configured',
    width: 8,
  }),
  timeseries({
    title: 'Scrape duration',
    description: 'Time the exporter takes for one scrape.',
    queries: [{ expr: promql`max by (ins) (${select(pgExporterScrapeDuration, cluster)})`, legend: '{{ins}}' }],
    thresholds: [{ value: 5, colour: 'orange', why: 'Orange from 5 s: the usual scrape timeout is 8 to 10 s.' }],
    empty: 'no exporter is scraped',
    width: 8,
  }),
  timeseries({
    title: 'Collector errors',
    description: 'Failed collector executions in the last five minutes. Anything above zero makes panels and alerts blind.',
    queries: [
      {
        expr: promql`sum by (ins, query) (increase(${select(pgExporterQueryScrapeErrorCount, cluster)}[5m])) > 0`,
        legend: '{{ins}} {{query}}',
      },
    ],
    unit: 'count',
    empty: 'no collector failed',
    width: 8,
  }),
];
