import { promql, scrapeUp, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { stillFiring } from '../still-firing.ts';

/**
 * Exporter, pooler and Patroni of one node at once: the node or its network, not one of them. Until one of them has
 * answered for a minute: a node that comes back starts them one after the other.
 */
export const postgresInstanceUnreachable = defineAlertFor((site) => {
  const of = select(scrapeUp, { job: site.targets.postgres.job });
  return {
    name: 'PostgresInstanceUnreachable',
    severity: 'critical',
    for: '30s',
    expr: promql`(max by (job, cls, ins, ip) (${of}) == 0 or (max by (job, cls, ins, ip) (min_over_time(${of}[1m])) == 0 and on (job, cls, ins, ip) ${stillFiring('PostgresInstanceUnreachable')})) and count by (job, cls, ins, ip) (${of}) > 1`,
    labels: ['job', 'cls', 'ins', 'ip'],
    summary: { en: 'Nothing on {{ $labels.ins }} answers', zh: '{{ $labels.ins }} 上所有组件均无应答' },
    description: {
      en: 'Exporters, pooler and Patroni of {{ $labels.ins }} ({{ $labels.ip }}) all fail to answer: the node is down or cut off from monitoring.',
      zh: '{{ $labels.ins }}（{{ $labels.ip }}）上的采集器、连接池与 Patroni 均无应答：节点宕机，或与监控网络隔离。',
    },
    runbook: [
      '`ping {{ $labels.ip }}`, then the console of the machine.',
      '`patronictl list` from another member: was {{ $labels.ins }} the leader, and is there a new one?',
      'If only monitoring is cut off, the service goes on: check the network between here and there.',
    ],
  };
});
