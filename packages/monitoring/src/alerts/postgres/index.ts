import type { AlertGroup } from '../../model.ts';
import { postgresCertificateExpiring } from './postgres-certificate-expiring.ts';
import { postgresChecksumFailure } from './postgres-checksum-failure.ts';
import { postgresConnectionsNearlyExhausted } from './postgres-connections-nearly-exhausted.ts';
import { postgresDown } from './postgres-down.ts';
import { postgresFreezeBehind } from './postgres-freeze-behind.ts';
import { postgresIdleInTransaction } from './postgres-idle-in-transaction.ts';
import { postgresInstanceUnreachable } from './postgres-instance-unreachable.ts';
import { postgresLockWait } from './postgres-lock-wait.ts';
import { postgresMoreThanOnePrimary } from './postgres-more-than-one-primary.ts';
import { postgresNoPrimary } from './postgres-no-primary.ts';
import { postgresPreparedTransactionForgotten } from './postgres-prepared-transaction-forgotten.ts';
import { postgresRestarted } from './postgres-restarted.ts';
import { postgresWalGrowing } from './postgres-wal-growing.ts';
import { postgresWraparoundNear } from './postgres-wraparound-near.ts';

/** PostgreSQL servers and clusters. */
export const postgresAlertGroup: AlertGroup = {
  name: 'postgres',
  about: 'PostgreSQL servers and clusters',
  category: 'pgsql',
  interval: '10s',
  dashboard: 'pgattest-cluster-overview',
  alerts: [
    postgresCertificateExpiring,
    postgresChecksumFailure,
    postgresConnectionsNearlyExhausted,
    postgresDown,
    postgresFreezeBehind,
    postgresIdleInTransaction,
    postgresInstanceUnreachable,
    postgresLockWait,
    postgresMoreThanOnePrimary,
    postgresNoPrimary,
    postgresPreparedTransactionForgotten,
    postgresRestarted,
    postgresWalGrowing,
    postgresWraparoundNear,
  ],
};
