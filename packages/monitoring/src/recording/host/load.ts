import { gauge, promql, type MetricRef } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { familyOf, type Namespace } from '../family.ts';
import { pooledQueries } from '../pooler/traffic.ts';
import { activeTimeRate } from '../postgres/session-time.ts';
import { windows, type Window } from '../window.ts';
import { processors, processorUsage } from './processors.ts';

type LoadLevel = 'ins' | 'cls';

/** What a level is known by when series of several exporters, whose addresses differ, are put together. */
const identity = { ins: ['job', 'cls', 'ins', 'ip'], cls: ['job', 'cls'] } as const;

/** The greater of what is there. The marks keep two series apart that differ by nothing but what they measure. */
const greatest = (level: LoadLevel, one: MetricRef, other: MetricRef) => {
  const both = promql`label_replace(${one}, "of", "one", "", "") or label_replace(${other}, "of", "other", "", "")`;
  return level === 'ins' ? promql`max by (job, cls, ins, ip) (${both})` : promql`max by (job, cls) (${both})`;
};

/** Work for each processor of the host; absent while their number is unknown. */
const perProcessor = (
  namespace: Namespace,
  window: Window,
  busy: Readonly<Record<LoadLevel, MetricRef>>,
  help: string,
) =>
  familyOf({
    namespace,
    metric: `load${window.replace('m', '')}`,
    ...gauge('ratio', help),
    levels: ['ins', 'cls'],
    expr: (level) =>
      level === 'ins'
        ? promql`sum by (job, cls, ins, ip) (${busy.ins}) / on (job, cls, ins, ip) (sum by (job, cls, ins, ip) (${processors.ins}) > 0)`
        : promql`${busy.cls} / (${processors.cls} > 0)`,
  });

const loadOver = (window: Window) => {
  const minutes = window.replace('m', '');
  const postgres = perProcessor('pg', window, activeTimeRate[window], 'Sessions executing for each processor');
  const pooler = perProcessor('pgbouncer', window, pooledQueries.time[window], 'Queries in work for each processor');
  const saturation = familyOf({
    namespace: 'pg',
    metric: `saturation${minutes}`,
    ...gauge('ratio', 'The greater load of PostgreSQL and PgBouncer'),
    levels: ['ins', 'cls'],
    expr: (level) => greatest(level, postgres[level], pooler[level]),
  });
  const pressure = (level: LoadLevel) =>
    defineRecording(`${level}:pressure${minutes}`, {
      ...gauge('ratio', 'The greater one of the saturation and of the share of its time that the host computes'),
      labels: identity[level],
      expr: greatest(level, saturation[level], processorUsage[window][level]),
    });
  return Object.freeze({ postgres, pooler, saturation, pressure: { ins: pressure('ins'), cls: pressure('cls') } });
};

/** How much there is to do compared to what the processors can do: from 1 on, work waits. */
export const load = Object.freeze({ '1m': loadOver('1m'), '5m': loadOver('5m'), '15m': loadOver('15m') });

export const loadRecordings = windows.flatMap((window) => {
  const { postgres, pooler, saturation, pressure } = load[window];
  return [postgres, pooler, saturation, pressure].flatMap(({ ins, cls }) => [ins, cls]);
});
