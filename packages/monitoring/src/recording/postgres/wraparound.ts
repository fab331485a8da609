import { gauge, pgDb, pgFreezeConsumed, promql } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { inOrder, rolledUp } from '../family.ts';
import { levelLabels } from '../level.ts';

/** Transactions that fit between the oldest unfrozen one and the newest. */
const wraparoundXids = 2 ** 31;
/** So many transactions before that, the server takes no more. Source: PostgreSQL docs 25.1.5. */
const reservedXids = 3_000_000;

/** How far each database is on the way to wraparound. */
export const transactionAge = rolledUp({
  namespace: 'pg',
  metric: 'age',
  ...gauge('ratio', 'Age of the oldest unfrozen transaction over 2^31'),
  low: 'db',
  expr: promql`${pgDb.m.age} / ${wraparoundXids}`,
  how: 'max',
  up: ['ins', 'cls', 'env'],
});

/**
 * Transactions used up per second. From the counter of the server where the exporter has it: the age of a database falls
 * with every freeze, and its slope says nothing then.
 */
export const transactionAgeDerivative = defineRecording('pg:db:age_deriv1h', {
  ...gauge('count', 'Transaction ids used up per second, over an hour'),
  labels: levelLabels.db,
  expr: promql`(0 * ${pgDb.m.age} + ignoring (datname) group_left () rate(${pgFreezeConsumed.m.xids_total}[1h])) or deriv(${pgDb.m.age}[1h])`,
});

/** When the server stops taking transactions at the rate of the last hour; absent while none are used up. */
export const transactionAgeExhaust = defineRecording('pg:db:age_exhaust', {
  ...gauge('seconds', 'Time until the server takes no more transactions at the rate of the last hour'),
  labels: levelLabels.db,
  expr: promql`clamp_min(${wraparoundXids - reservedXids} - ${pgDb.m.age}, 0) / (${transactionAgeDerivative} > 0)`,
});

export const wraparoundRecordings = [...inOrder(transactionAge), transactionAgeDerivative, transactionAgeExhaust];
