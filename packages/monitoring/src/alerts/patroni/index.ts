import type { AlertGroup } from '../../model.ts';
import { patroniClusterUnlocked } from './patroni-cluster-unlocked.ts';
import { patroniDcsUnseen } from './patroni-dcs-unseen.ts';
import { patroniDown } from './patroni-down.ts';
import { patroniFailoversTooOften } from './patroni-failovers-too-often.ts';
import { patroniFailsafeActive } from './patroni-failsafe-active.ts';
import { patroniFailsafeDisabled } from './patroni-failsafe-disabled.ts';
import { patroniOrphanPrimary } from './patroni-orphan-primary.ts';
import { patroniPaused } from './patroni-paused.ts';
import { patroniPendingRestart } from './patroni-pending-restart.ts';
import { patroniStandbyClusterLeaderless } from './patroni-standby-cluster-leaderless.ts';
import { patroniTimelineDiverged } from './patroni-timeline-diverged.ts';

/** Patroni and who holds the leader lock. */
export const patroniAlertGroup: AlertGroup = {
  name: 'patroni',
  about: 'Patroni and who holds the leader lock',
  category: 'pgsql',
  interval: '10s',
  dashboard: 'pgattest-ha',
  alerts: [
    patroniClusterUnlocked,
    patroniDcsUnseen,
    patroniDown,
    patroniFailoversTooOften,
    patroniFailsafeActive,
    patroniFailsafeDisabled,
    patroniOrphanPrimary,
    patroniPaused,
    patroniPendingRestart,
    patroniStandbyClusterLeaderless,
    patroniTimelineDiverged,
  ],
};
