import type { RecordingRule } from '../model.ts';
import type { Site } from '../site/site.ts';
import { backupRecordings } from './assurance/backup.ts';
import { complianceRecordings } from './assurance/compliance.ts';
import { connectionRecordings } from './connections.ts';
import { etcdRecordings } from './ha/etcd.ts';
import { failoverRecordings } from './ha/failover.ts';
import { haproxyRecordings } from './ha/haproxy.ts';
import { patroniRecordings } from './ha/patroni.ts';
import { capacityRecordings } from './host/capacity.ts';
import { loadRecordings } from './host/load.ts';
import { processorRecordings } from './host/processors.ts';
import { memberRecordings } from './members.ts';
import { poolerDatabaseRecordings } from './pooler/databases.ts';
import { listRecordings } from './pooler/lists.ts';
import { poolRecordings } from './pooler/pools.ts';
import { poolerTrafficRecordings } from './pooler/traffic.ts';
import { backendRecordings } from './postgres/backends.ts';
import { blockRecordings } from './postgres/blocks.ts';
import { bufferRecordings } from './postgres/buffers.ts';
import { exporterRecordings } from './postgres/exporter.ts';
import { lockRecordings } from './postgres/locks.ts';
import { rowRecordings } from './postgres/rows.ts';
import { sessionTimeRecordings } from './postgres/session-time.ts';
import { slotRecordings } from './postgres/slots.ts';
import { storageRecordings } from './postgres/storage.ts';
import { tableRecordings } from './postgres/tables.ts';
import { transactionRecordings } from './postgres/transactions.ts';
import { walRecordings } from './postgres/wal.ts';
import { wraparoundRecordings } from './postgres/wraparound.ts';
import { replicationRecordings } from './replication.ts';
import { targetRecordings } from './targets.ts';

/** Recordings that one group evaluates in order, a rule after those it reads. */
export interface RecordingGroup {
  readonly name: string;
  readonly interval: string;
  readonly recordings: readonly RecordingRule[];
}

/**
 * Every recording, in groups. A rule reads what stands above it in its group or in a group before: of another group it
 * sees the value of at most one interval ago. State comes first and by itself, because alerts wait for it; what is only
 * looked at, and takes longer to work out, has groups of its own.
 */
export const recordingGroups = (site: Site): readonly RecordingGroup[] => [
  {
    name: 'pgattest-recordings-state',
    interval: '10s',
    recordings: [
      ...targetRecordings(site),
      ...memberRecordings,
      ...replicationRecordings,
      ...slotRecordings,
      ...failoverRecordings,
      ...connectionRecordings,
      ...exporterRecordings,
    ],
  },
  {
    name: 'pgattest-recordings-ha',
    interval: '10s',
    recordings: [...patroniRecordings, ...etcdRecordings, ...haproxyRecordings],
  },
  {
    name: 'pgattest-recordings-activity',
    interval: '10s',
    recordings: [
      ...transactionRecordings,
      ...sessionTimeRecordings,
      ...rowRecordings,
      ...lockRecordings,
      ...backendRecordings,
      ...tableRecordings,
    ],
  },
  {
    name: 'pgattest-recordings-storage',
    interval: '10s',
    recordings: [
      ...storageRecordings,
      ...blockRecordings,
      ...bufferRecordings,
      ...walRecordings,
      ...wraparoundRecordings,
    ],
  },
  {
    name: 'pgattest-recordings-pgbouncer',
    interval: '10s',
    recordings: [...listRecordings, ...poolRecordings, ...poolerDatabaseRecordings, ...poolerTrafficRecordings],
  },
  {
    name: 'pgattest-recordings-host',
    interval: '10s',
    recordings: [...processorRecordings, ...capacityRecordings, ...loadRecordings],
  },
  { name: 'pgattest-recordings-backup', interval: '30s', recordings: backupRecordings },
  { name: 'pgattest-recordings-compliance', interval: '30s', recordings: complianceRecordings },
];
