import { pgCore, pgDb, pgInRecovery, pgUp, promql, select } from '@pgattest/catalog';
import { type Panel, stat, stateTimeline, timeseries } from '../../grafana/panel.ts';
import { clusterPrimaries } from '../../recording/members.ts';

const cluster = { cls: '$cls' } as const;

export const healthRow: readonly Panel[] = [
  stat({
    title: 'Primaries',
    description: 'Instances that answer and accept writes. Exactly one is right.',
    queries: [{ expr: promql`max(${select(clusterPrimaries, cluster)})`, legend: 'primaries' }],
    unit: 'count',
    words: {
      0: { text: 'none', colour: 'red' },
      1: { text: '1', colour: 'green' },
    },
    thresholds: [{ value: 2, colour: 'red', why: 'Red from 2: two primaries are a split brain.' }],
    empty: 'no instance answers',
    width: 4,
  }),
  stat({
    title: 'Members that answer',
    description: 'Instances whose exporter can use PostgreSQL, of those that are scraped.',
    queries: [
      { expr: promql`sum(${select(pgUp, cluster)})`, legend: 'answer' },
      { expr: promql`count(${select(pgUp, cluster)})`, legend: 'scraped' },
    ],
    unit: 'count',
    empty: 'nothing is scraped for this cluster',
    width: 4,
  }),
  stat({
    title: 'Time since the youngest start',
    description: 'Uptime of the instance that was (re)started last: a small number after a quiet night is a restart nobody announced.',
    queries: [{ expr: promql`min(${select(pgCore.m.uptime, cluster)})`, legend: 'uptime' }],
    empty: 'no instance answers',
    width: 4,
  }),
  stateTimeline({
    title: 'Members and roles',
    description: 'One line a member: down, primary or replica. A failover is one line turning into primary as another ends.',
    queries: [
      {
        expr: promql`max by (ins) (${select(pgUp, cluster)} * on (job, cls, ins) (2 - ${select(pgInRecovery, cluster)}))`,
        legend: '{{ins}}',
      },
    ],
    unit: 'state',
    words: {
      0: { text: 'down', colour: 'red' },
      1: { text: 'replica', colour: 'blue' },
      2: { text: 'primary', colour: 'green' },
    },
    empty: 'no instance is scraped for this cluster',
    width: 12,
  }),
  timeseries({
    title: 'Transactions per second',
    description: 'Commits and rollbacks of all databases, by instance. A cliff on the primary is an outage of the service, not of PostgreSQL.',
    queries: [
      { expr: promql`sum by (ins) (rate(${select(pgDb.m.xact_total, cluster)}[$__rate_interval]))`, legend: '{{ins}}' },
    ],
    unit: 'count',
    empty: 'no data for this cluster',
    width: 24,
  }),
];
