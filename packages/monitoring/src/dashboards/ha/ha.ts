import { etcdMetrics } from '@pgattest/catalog';
import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable } from '../scope.ts';
import { etcdDetailRow } from './etcd-detail.ts';
import { etcdRow } from './etcd.ts';
import { haproxyRow } from './haproxy.ts';
import { patroniRow } from './patroni.ts';
import { trafficRow } from './traffic.ts';
import { vipRow } from './vip.ts';

/** Who leads, who decides and where clients are sent, as states over time. */
export const ha = dashboard({
  uid: uids.ha,
  title: say('pgattest: high availability', 'pgattest：高可用'),
  description: say(
    'Patroni, etcd, HAProxy and virtual addresses on one time axis: read a failover from top to bottom.',
    'Patroni、etcd、HAProxy 与虚拟地址置于同一时间轴：自上而下读懂一次故障切换。',
  ),
  tags: ['pgattest', 'high-availability'],
  variables: [
    clusterVariable,
    {
      name: 'etcd',
      label: say('etcd', 'etcd'),
      source: { metric: etcdMetrics.etcdHasLeader, label: 'cls' },
      multi: false,
    },
  ],
  rows: [
    row(say('Patroni: who leads', 'Patroni：谁是主库'), patroniRow),
    row(say('etcd: who decides', 'etcd：谁来裁决'), etcdRow),
    row(say('HAProxy: where clients are sent', 'HAProxy：客户端去向'), haproxyRow),
    row(say('Virtual addresses', '虚拟地址'), vipRow),
    collapsedRow(say('etcd in detail', 'etcd 详情'), etcdDetailRow),
    collapsedRow(say('Traffic through HAProxy', 'HAProxy 流量'), trafficRow),
  ],
  down: uids.exporters,
});
