import { collapsedRow, dashboard, row } from '../../grafana/dashboard.ts';
import { say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';
import { clusterVariable, instancesVariable } from '../scope.ts';
import { configurationRow } from './configuration.ts';
import { queueRow } from './queue.ts';
import { rateRow } from './rate.ts';
import { transportRow } from './transport.ts';

/** PgBouncer: does anybody wait, for what, and how is it configured. */
export const pooler = dashboard({
  uid: uids.pooler,
  title: say('pgattest: connection pools', 'pgattest：连接池'),
  description: say(
    'PgBouncer of one cluster: who waits for a connection, rates and latencies, encryption and settings.',
    '单个集群的 PgBouncer：谁在等待连接、速率与延迟、加密与配置。',
  ),
  tags: ['pgattest', 'pgbouncer'],
  variables: [clusterVariable, instancesVariable],
  rows: [
    row(say('Does anybody wait?', '是否有人等待？'), queueRow),
    row(say('Rates and latencies', '速率与延迟'), rateRow),
    collapsedRow(say('Transport', '传输加密'), transportRow),
    collapsedRow(say('Configuration', '配置'), configurationRow),
  ],
  down: uids.instance,
});
