import type { AlertGroup } from '../../model.ts';
import { pgbouncerClientsNearlyExhausted } from './pgbouncer-clients-nearly-exhausted.ts';
import { pgbouncerClientsWaiting } from './pgbouncer-clients-waiting.ts';
import { pgbouncerDatabaseDisabled } from './pgbouncer-database-disabled.ts';
import { pgbouncerDown } from './pgbouncer-down.ts';
import { pgbouncerPaused } from './pgbouncer-paused.ts';
import { pgbouncerPoolFull } from './pgbouncer-pool-full.ts';
import { pgbouncerPoolStalled } from './pgbouncer-pool-stalled.ts';
import { pgbouncerWaitTooLong } from './pgbouncer-wait-too-long.ts';

/** PgBouncer. */
export const pgbouncerAlertGroup: AlertGroup = {
  name: 'pgbouncer',
  about: 'PgBouncer',
  category: 'pgsql',
  interval: '10s',
  dashboard: 'pgattest-pooler',
  alerts: [
    pgbouncerClientsNearlyExhausted,
    pgbouncerClientsWaiting,
    pgbouncerDatabaseDisabled,
    pgbouncerDown,
    pgbouncerPaused,
    pgbouncerPoolFull,
    pgbouncerPoolStalled,
    pgbouncerWaitTooLong,
  ],
};
