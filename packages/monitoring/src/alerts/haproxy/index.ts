import type { AlertGroup } from '../../model.ts';
import { haproxyDown } from './haproxy-down.ts';
import { haproxyNoPrimary } from './haproxy-no-primary.ts';
import { haproxyReplicasServedByBackup } from './haproxy-replicas-served-by-backup.ts';
import { haproxyServerFlapping } from './haproxy-server-flapping.ts';
import { haproxyServiceDown } from './haproxy-service-down.ts';
import { haproxySessionsNearlyFull } from './haproxy-sessions-nearly-full.ts';
import { haproxyTwoPrimaries } from './haproxy-two-primaries.ts';

/** HAProxy and the services of Patroni behind it. */
export const haproxyAlertGroup: AlertGroup = {
  name: 'haproxy',
  about: 'HAProxy and the services of Patroni behind it',
  category: 'node',
  interval: '10s',
  dashboard: 'pgattest-ha',
  alerts: [
    haproxyDown,
    haproxyNoPrimary,
    haproxyReplicasServedByBackup,
    haproxyServerFlapping,
    haproxyServiceDown,
    haproxySessionsNearlyFull,
    haproxyTwoPrimaries,
  ],
};
