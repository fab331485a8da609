import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable, instanceVariable } from '../scope.ts';
import { databasesRow } from './databases.ts';
import { maintenanceRow } from './maintenance.ts';
import { sessionsRow } from './sessions.ts';
import { statusRow } from './status.ts';
import { walRow } from './wal.ts';
import { workRow } from './work.ts';

/** One PostgreSQL server: what it does, what holds it back, what runs out. */
export const instance = dashboard({
  uid: uids.instance,
  title: say('pgattest: instance', 'pgattest：实例'),
  description: say(
    'One PostgreSQL instance: role, sessions, blocking, load, WAL and checkpoints, vacuum and wraparound, databases and statements.',
    '单个 PostgreSQL 实例：角色、会话、阻塞、负载、WAL 与检查点、清理与回卷、数据库与语句。',
  ),
  tags: ['pgattest', 'postgresql'],
  variables: [clusterVariable, instanceVariable],
  rows: [
    row(say('Status', '状态'), statusRow),
    row(say('Sessions and blocking', '会话与阻塞'), sessionsRow),
    row(say('Work done', '工作负载'), workRow),
    collapsedRow(say('WAL, checkpoints and archive', 'WAL、检查点与归档'), walRow),
    collapsedRow(say('Vacuum and wraparound', '清理与回卷'), maintenanceRow),
    collapsedRow(say('Databases and statements', '数据库与语句'), databasesRow),
  ],
  down: uids.exporters,
});
