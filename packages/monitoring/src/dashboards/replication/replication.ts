import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable } from '../scope.ts';
import { lagRow } from './lag.ts';
import { positionsRow } from './positions.ts';
import { slotsRow } from './slots.ts';
import { topologyRow } from './topology.ts';

/** Who follows whom, how far behind, and what replication costs the sender. */
export const replication = dashboard({
  uid: uids.replication,
  title: say('pgattest: replication', 'pgattest：复制'),
  description: say(
    'Replication of one cluster from both ends: senders and receivers, lag by stage, synchronous standbys, slots and positions.',
    '从收发两端看单个集群的复制：发送与接收、各阶段延迟、同步备库、复制槽与位点。',
  ),
  tags: ['pgattest', 'postgresql', 'high-availability'],
  variables: [clusterVariable],
  rows: [
    row(say('Topology', '拓扑'), topologyRow),
    row(say('Lag', '延迟'), lagRow),
    row(say('Slots', '复制槽'), slotsRow),
    collapsedRow(say('Positions', '位点'), positionsRow),
  ],
  down: uids.instance,
});
