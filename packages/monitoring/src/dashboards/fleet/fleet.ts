import { dashboard, collapsedRow, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { alertPanels } from './alerts.ts';
import { clustersRow } from './clusters.ts';
import { historyRow } from './history.ts';
import { instancesRow } from './instances.ts';
import { statusRow } from './status.ts';

/** Every cluster at once: which one needs somebody, and for what. */
export const fleet = dashboard({
  uid: uids.fleet,
  title: say('pgattest: fleet', 'pgattest：全局总览'),
  description: say(
    'All PostgreSQL clusters: what is down, what lags, what has no fresh backup, what the auditor found. Click a cluster or an instance.',
    '全部 PostgreSQL 集群：哪些离线、哪些延迟、哪些缺少新备份、审计发现了什么。点击集群或实例继续下钻。',
  ),
  tags: ['pgattest', 'postgresql'],
  variables: [],
  rows: [
    row(say('Does anything need me now?', '现在是否需要处理？'), [...statusRow, ...alertPanels]),
    row(say('Clusters', '集群'), clustersRow),
    row(say('History', '历史'), historyRow),
    collapsedRow(say('Instances', '实例'), instancesRow),
  ],
  down: uids.cluster,
});
