import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable } from '../scope.ts';
import { archiveRow } from './archive.ts';
import { backupsRow } from './backups.ts';
import { chainRow } from './chain.ts';
import { proofRow } from './proof.ts';
import { windowRow } from './window.ts';

/** Whether the cluster can be restored, to which moments, and who has tried. */
export const backup = dashboard({
  uid: uids.backup,
  title: say('pgattest: backup and recovery', 'pgattest：备份与恢复'),
  description: say(
    'What can be restored: recovery window and point of each repository, backup chains, WAL continuity, verification and drills.',
    '能恢复什么：各仓库的恢复窗口与恢复点、备份链、WAL 连续性、校验与演练。',
  ),
  tags: ['pgattest', 'backup', 'compliance'],
  variables: [clusterVariable],
  rows: [
    row(say('Recovery window', '恢复窗口'), windowRow),
    row(say('Chain and WAL continuity', '备份链与 WAL 连续性'), chainRow),
    row(say('Proof', '验证'), proofRow),
    collapsedRow(say('Archiving', '归档'), archiveRow),
    collapsedRow(say('Backups', '备份'), backupsRow),
  ],
  down: uids.instance,
});
