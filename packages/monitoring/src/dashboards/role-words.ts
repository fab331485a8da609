import { type Expr, type MetricRef, type Selector, promql } from '@pgattest/catalog';
import type { ValueWords } from '../grafana/panel.ts';
import { say } from '../grafana/text.ts';

/** 0 while the server does not answer, 1 on a replica, 2 on a primary; `pg_in_recovery` alone keeps its last value. */
export const roleOf = (up: MetricRef | Selector, inRecovery: MetricRef | Selector): Expr =>
  promql`max by (cls, ins) (${up} * on (job, cls, ins) (2 - ${inRecovery}))`;

/** Words for `roleOf`. */
export const roleWords: ValueWords = {
  0: { text: say('down', '离线'), colour: 'red' },
  1: { text: say('replica', '从库'), colour: 'blue' },
  2: { text: say('primary', '主库'), colour: 'green' },
};

/** Words for a fact that should not hold. */
export const badWords: ValueWords = {
  0: { text: say('no', '否'), colour: 'green' },
  1: { text: say('yes', '是'), colour: 'red' },
};

/** Words for a fact that somebody may have wanted, and should know of. */
export const noteworthyWords: ValueWords = {
  0: { text: say('no', '否'), colour: 'green' },
  1: { text: say('yes', '是'), colour: 'orange' },
};

/** Words for a fact that should hold. */
export const goodWords: ValueWords = {
  0: { text: say('no', '否'), colour: 'red' },
  1: { text: say('yes', '是'), colour: 'green' },
};
