import { gauge, pgDb, promql } from '@pgattest/catalog';
import { familyOf, inOrder, rolledUp } from '../family.ts';
import { overWindows, windowMinutes, windowsInOrder } from '../window.ts';

const up = ['ins', 'cls', 'env'] as const;

/** Sessions connected on average, from the time they spent. */
export const sessionTimeRate = rolledUp({
  namespace: 'pg',
  metric: 'session_time_rate1m',
  ...gauge('ratio', 'Time spent by sessions per second, version 14 or later'),
  low: 'db',
  expr: promql`rate(${pgDb.m.session_time}[1m])`,
  how: 'sum',
  up,
});

/** Sessions executing on average. */
export const activeTimeRate = overWindows((window) =>
  rolledUp({
    namespace: 'pg',
    metric: `active_time_rate${window}`,
    ...gauge('ratio', 'Time spent executing statements per second, version 14 or later'),
    low: 'db',
    expr: promql`rate(${pgDb.m.active_time}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  }),
);

/** Sessions idle in a transaction on average. */
export const idleTransactionTimeRate = overWindows((window) =>
  rolledUp({
    namespace: 'pg',
    metric: `ixact_time_rate${window}`,
    ...gauge('ratio', 'Time spent idle in a transaction per second, version 14 or later'),
    low: 'db',
    expr: promql`rate(${pgDb.m.ixact_time}[${windowMinutes[window]}m])`,
    how: 'sum',
    up,
  }),
);

/** Share of the time in transactions in which nothing is done; absent while no transaction is open. */
export const idleTransactionRatio = overWindows((window) =>
  familyOf({
    namespace: 'pg',
    metric: `ixact_ratio_${window}`,
    ...gauge('ratio', 'Time idle in a transaction as a share of the time active or idle in one'),
    levels: ['db', 'ins', 'cls', 'env'],
    expr: (level) => {
      const idle = idleTransactionTimeRate[window][level];
      return promql`${idle} / (${activeTimeRate[window][level]} + ${idle} > 0)`;
    },
  }),
);

export const sessionTimeRecordings = [
  ...inOrder(sessionTimeRate),
  ...windowsInOrder(idleTransactionTimeRate, activeTimeRate, idleTransactionRatio),
];
