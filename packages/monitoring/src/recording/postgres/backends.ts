import { gauge, pgActivity, promql, select } from '@pgattest/catalog';
import { inOrder, rolledUp } from '../family.ts';

const up = ['ins', 'cls', 'env'] as const;

/** Sessions that execute a statement. */
export const activeBackends = rolledUp({
  namespace: 'pg',
  metric: 'active_backends',
  ...gauge('count', 'Sessions that execute a statement'),
  low: 'db',
  expr: promql`sum without (state) (${select(pgActivity.m.count, { state: 'active' })})`,
  how: 'sum',
  up,
});

/** Sessions that hold a transaction open and do nothing in it, aborted ones included. */
export const idleTransactionBackends = rolledUp({
  namespace: 'pg',
  metric: 'ixact_backends',
  ...gauge('count', 'Sessions idle in a transaction, aborted ones included'),
  low: 'db',
  expr: promql`sum without (state) (${select(pgActivity.m.count, { state: /idle in transaction.*/ })})`,
  how: 'sum',
  up,
});

export const backendRecordings = inOrder(activeBackends, idleTransactionBackends);
