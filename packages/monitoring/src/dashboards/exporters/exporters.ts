import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable } from '../scope.ts';
import { collectorsRow } from './collectors.ts';
import { othersRow } from './others.ts';
import { scrapesRow } from './scrapes.ts';

/** Whether what the other dashboards show can be trusted. */
export const exporters = dashboard({
  uid: uids.exporters,
  title: say('pgattest: exporter health', 'pgattest：采集器健康'),
  description: say(
    'Whether what the other pages show can be trusted: lost targets, slow scrapes, failing or stale collectors.',
    '其他页面的数据是否可信：失联目标、采集缓慢、失败或陈旧的采集项。',
  ),
  tags: ['pgattest', 'exporter'],
  variables: [clusterVariable],
  rows: [
    row(say('Scrapes', '采集'), scrapesRow),
    row(say('Collectors', '采集项'), collectorsRow),
    collapsedRow(say('PgBouncer and pgBackRest exporters', 'PgBouncer 与 pgBackRest 采集器'), othersRow),
  ],
  down: uids.cluster,
});
