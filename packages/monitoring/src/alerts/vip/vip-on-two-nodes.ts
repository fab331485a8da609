import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { ofEachVip } from './vip-holders.ts';

/** vip-manager leaves the address on the interface when systemd stops it: SIGTERM does not make it clean up. */
export const vipOnTwoNodes = defineAlertFor((site) => {
  const expr = ofEachVip(
    site,
    ({ holders, cls }) =>
      promql`label_replace(count by (address) (count by (address, ip) (${holders})) > 1, "cls", ${cls}, "", "")`,
  );
  return expr === undefined
    ? undefined
    : {
        name: 'VipOnTwoNodes',
        severity: 'critical',
        for: '30s',
        expr,
        labels: ['cls', 'address'],
        summary: {
          en: 'The virtual address {{ $labels.address }} of {{ $labels.cls }} is on {{ $value }} nodes',
          zh: '{{ $labels.cls }} 的虚拟地址 {{ $labels.address }} 同时位于 {{ $value }} 个节点',
        },
        description: {
          en: 'Which of them a client reaches depends on its neighbour cache: some write to a node that is not the leader.',
          zh: '客户端到达哪个节点取决于其邻居缓存：部分写入会落到非领导者节点。',
        },
        runbook: [
          'Who leads: `patronictl list`. On every other node: `ip addr del {{ $labels.address }}/<mask> dev <interface>`.',
          'Start vip-manager there again (`systemctl start vip-manager`): one that was stopped leaves the address behind.',
        ],
        needs: 'the node exporter with --collector.netdev.address-info, and the address in `vips` of the site',
      };
});
