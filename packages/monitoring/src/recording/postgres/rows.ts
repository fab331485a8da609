import { gauge, pgDb, promql } from '@pgattest/catalog';
import { inOrder, rolledUp } from '../family.ts';

const perSecond = (
  key: 'tup_fetched' | 'tup_returned' | 'tup_inserted' | 'tup_updated' | 'tup_deleted' | 'tup_modified',
  help: string,
) =>
  rolledUp({
    namespace: 'pg',
    metric: `${key}_rate1m`,
    ...gauge('count', `${help} per second`),
    low: 'db',
    expr: promql`rate(${pgDb.m[key]}[1m])`,
    how: 'sum',
    up: ['ins', 'cls', 'env'],
  });

/** Rows read and changed per second. */
export const rowRates = Object.freeze({
  fetched: perSecond('tup_fetched', 'Rows fetched through indexes'),
  returned: perSecond('tup_returned', 'Rows read by scans'),
  inserted: perSecond('tup_inserted', 'Rows inserted'),
  updated: perSecond('tup_updated', 'Rows updated'),
  deleted: perSecond('tup_deleted', 'Rows deleted'),
  modified: perSecond('tup_modified', 'Rows inserted, updated or deleted'),
});

export const rowRecordings = inOrder(...Object.values(rowRates));
