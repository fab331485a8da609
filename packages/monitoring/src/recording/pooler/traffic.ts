import { gauge, pgbouncerStat, promql } from '@pgattest/catalog';
import { familyOf, inOrder, rolledUp } from '../family.ts';
import { overWindows, windowMinutes, windowsInOrder, type Window } from '../window.ts';

const up = ['ins', 'cls', 'env'] as const;
const levels = ['db', 'ins', 'cls', 'env'] as const;
const { m } = pgbouncerStat;

const bytesRate = (
  metric: 'tx_rate1m' | 'rx_rate1m',
  counted: typeof m.total_sent | typeof m.total_received,
  help: string,
) =>
  rolledUp({
    namespace: 'pgbouncer',
    metric,
    ...gauge('bytes', help),
    low: 'db',
    expr: promql`rate(${counted}[1m])`,
    how: 'sum',
    up,
  });

/** Bytes sent to clients. */
export const sentRate = bytesRate('tx_rate1m', m.total_sent, 'Bytes sent to clients per second');
/** Bytes received from clients. */
export const receivedRate = bytesRate('rx_rate1m', m.total_received, 'Bytes received from clients per second');

const countRate = (kind: 'xact' | 'query', window: Window) =>
  rolledUp({
    namespace: 'pgbouncer',
    metric: `${kind}_rate${window}`,
    ...gauge('count', kind === 'xact' ? 'Transactions pooled per second' : 'Queries pooled per second'),
    low: 'db',
    expr: promql`rate(${m[`total_${kind}_count`]}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  });

const timeRate = (kind: 'xact' | 'query', window: Window) =>
  rolledUp({
    namespace: 'pgbouncer',
    metric: `${kind}_time_rate${window}`,
    ...gauge(
      'ratio',
      kind === 'xact' ? 'Time in transactions per second' : 'Time servers worked on queries per second',
    ),
    low: 'db',
    expr: promql`rate(${m[`total_${kind}_time`]}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  });

/** Rate, time and average duration of transactions or queries; no duration while there are none. */
function traffic(kind: 'xact' | 'query') {
  const rate = overWindows((window) => countRate(kind, window));
  const time = overWindows((window) => timeRate(kind, window));
  const duration = overWindows((window) =>
    familyOf({
      namespace: 'pgbouncer',
      metric: `${kind}_rt_${window}`,
      ...gauge('seconds', kind === 'xact' ? 'Average duration of a transaction' : 'Average duration of a query'),
      levels,
      expr: (level) => promql`${time[window][level]} / (${rate[window][level]} > 0)`,
    }),
  );
  const rateSigma = familyOf({
    namespace: 'pgbouncer',
    metric: `${kind}_sigma15m`,
    ...gauge('count', 'Standard deviation of the rate over 15 minutes'),
    levels,
    expr: (level) => promql`stddev_over_time(${rate['1m'][level]}[15m])`,
  });
  const durationSigma = familyOf({
    namespace: 'pgbouncer',
    metric: `${kind}_rt_sigma15m`,
    ...gauge('seconds', 'Standard deviation of the average duration over 15 minutes'),
    levels,
    expr: (level) => promql`stddev_over_time(${duration['1m'][level]}[15m])`,
  });
  return Object.freeze({ rate, time, duration, rateSigma, durationSigma });
}

/** Transactions through PgBouncer. */
export const pooledTransactions = traffic('xact');
/** Queries through PgBouncer. */
export const pooledQueries = traffic('query');

export const poolerTrafficRecordings = [
  ...inOrder(sentRate, receivedRate),
  ...[pooledTransactions, pooledQueries].flatMap(({ rate, time, duration, rateSigma, durationSigma }) => [
    ...windowsInOrder(rate, time, duration),
    ...inOrder(rateSigma, durationSigma),
  ]),
];
