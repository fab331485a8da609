import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable, instancesVariable } from '../scope.ts';
import { assuranceRow } from './assurance.ts';
import { complianceRow } from './compliance.ts';
import { healthRow } from './health.ts';
import { loadRow } from './load.ts';
import { membersRow } from './members.ts';
import { storageRow } from './storage.ts';

/** The page people look at first: is there one primary, do the replicas follow, what does the auditor say. */
export const cluster = dashboard({
  uid: uids.cluster,
  title: say('pgattest: cluster overview', 'pgattest：集群总览'),
  description: say(
    'One PostgreSQL cluster: members and roles, replication, load, storage, backups and what the auditor says.',
    '单个 PostgreSQL 集群：成员与角色、复制、负载、存储、备份以及审计结论。',
  ),
  tags: ['pgattest', 'postgresql', 'compliance'],
  variables: [clusterVariable, instancesVariable],
  rows: [
    row(say('Health', '健康'), healthRow),
    row(say('Members', '成员'), membersRow),
    row(say('Can it be restored, is it compliant?', '能否恢复？是否合规？'), assuranceRow),
    collapsedRow(say('Load', '负载'), loadRow),
    collapsedRow(say('Storage and WAL', '存储与 WAL'), storageRow),
    collapsedRow(say('Compliance', '合规'), complianceRow),
  ],
  down: uids.instance,
});
