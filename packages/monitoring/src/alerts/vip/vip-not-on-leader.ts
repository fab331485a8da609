import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';
import { ofEachVip } from './vip-holders.ts';

/** Joined by `ip`: the node exporter belongs to the host, not to a member. Silent while nobody leads. */
export const vipNotOnLeader = defineAlertFor((site) => {
  const expr = ofEachVip(
    site,
    ({ holders, leaders, cls }) =>
      promql`label_replace(count by (address, ip) (${holders}) unless on (ip) ${leaders} and on () ${leaders}, "cls", ${cls}, "", "")`,
  );
  return expr === undefined
    ? undefined
    : {
        name: 'VipNotOnLeader',
        severity: 'critical',
        for: durationText(site.rtoSeconds),
        expr,
        labels: ['cls', 'address', 'ip'],
        summary: {
          en: 'The virtual address {{ $labels.address }} of {{ $labels.cls }} is on {{ $labels.ip }}, which does not lead',
          zh: '{{ $labels.cls }} 的虚拟地址 {{ $labels.address }} 位于 {{ $labels.ip }}，而该节点不是领导者',
        },
        description: {
          en: 'Clients that use the address reach a replica, or nothing: writes fail.',
          zh: '使用该地址的客户端会到达从库或无人应答的节点：写入失败。',
        },
        runbook: [
          'Who leads: `patronictl list`. Does vip-manager run on both nodes (`systemctl status vip-manager`), and reach etcd?',
          'Its trigger-key must be that of this cluster (`/<namespace>/{{ $labels.cls }}/leader`) and its trigger-value the name of the member.',
        ],
        needs: 'the node exporter with --collector.netdev.address-info, and the address in `vips` of the site',
      };
});
