import { setTimeout as sleep } from 'node:timers/promises';
import { backUp, readNewestBackups } from './backups.ts';
import { replicaOf, type AlertScenario, type Cast, type ExpectedAlert } from './scenario.ts';

/** Age from which the lab's site calls a backup late: its alert then fires ten minutes after the lab was started. */
export const backupAgeSeconds = 240;

/** `PostgresInstanceUnreachable` stays until something there has answered for a minute. */
const nodeBackMs = 60_000;

/** Two members, of which one is gone; an arbiter keeps the quorum of etcd. */
const nodeLost = (cast: Cast): ExpectedAlert => ({
  name: 'PostgresInstanceUnreachable',
  level: 0,
  labels: { cls: cast.cluster, ins: replicaOf(cast) },
});

/** What breaks where a commit needs the one standby there is. */
export const standbyScenarios: readonly AlertScenario[] = [
  {
    name: 'sync standby lost',
    faults: () => [{ id: 'sync-standby-lost' }],
    expected: (cast) => [
      nodeLost(cast),
      { name: 'PostgresSyncStandbyLost', level: 0, labels: { cls: cast.cluster, ins: cast.primary } },
    ],
    inhibited: ['PostgresNoFailoverCandidate', 'PatroniDown', 'EtcdMemberDown'],
    clearMs: nodeBackMs,
  },
  {
    name: 'sync standby lost while a client commits',
    faults: () => [{ id: 'sync-standby-lost' }],
    expected: (cast) => [
      nodeLost(cast),
      { name: 'PostgresCommitsWaiting', level: 0, labels: { cls: cast.cluster, ins: cast.primary } },
    ],
    inhibited: ['PostgresSyncStandbyLost', 'PostgresNoFailoverCandidate', 'PatroniDown', 'EtcdMemberDown'],
    isWritten: true,
    clearMs: nodeBackMs,
  },
];

/** Nobody makes a backup: no fault, only time. */
export const backupLate: AlertScenario = {
  name: 'backup late',
  faults: () => [],
  expected: ({ cluster }) =>
    ['1', '2'].map((repository) => ({
      name: 'BackupLate',
      level: 1,
      labels: { cls: cluster, stanza: cluster, repo_key: repository },
    })),
  inhibited: [],
  begin: async ({ lab }, { primary }) => {
    const newest = await readNewestBackups(lab, primary);
    const late = Math.max(...newest.values()) + backupAgeSeconds * 1_000;
    await sleep(Math.max(0, late - Date.now()));
    return late;
  },
  end: async ({ lab }, { primary }) => backUp(lab, primary),
  // The exporter of the lab asks pgBackRest every 15 s.
  clearMs: 30_000,
};
