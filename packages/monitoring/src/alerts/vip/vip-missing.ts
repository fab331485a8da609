import { nodeMetrics, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';
import { ofEachVip } from './vip-holders.ts';

/** vip-manager drops the address when etcd is lost, also while failsafe mode keeps the primary. Silent without the exporter. */
export const vipMissing = defineAlertFor((site) => {
  const expr = ofEachVip(
    site,
    ({ holders, cluster, address }) =>
      promql`label_replace(${cluster} unless on () ${holders} and on () ${nodeMetrics.nodeNetworkAddressInfo}, "address", ${address}, "", "")`,
  );
  return expr === undefined
    ? undefined
    : {
        name: 'VipMissing',
        severity: 'critical',
        for: durationText(site.rtoSeconds),
        expr,
        labels: ['cls', 'address'],
        summary: {
          en: 'No node holds the virtual address {{ $labels.address }} of {{ $labels.cls }}',
          zh: '没有节点持有 {{ $labels.cls }} 的虚拟地址 {{ $labels.address }}',
        },
        description: {
          en: 'Clients that use the address reach nobody, whatever state the cluster is in.',
          zh: '使用该地址的客户端无法到达任何节点，无论集群处于何种状态。',
        },
        runbook: [
          'On the leader (`patronictl list`): `systemctl status vip-manager` and its log; it gives the address up when it cannot read etcd.',
          'While etcd is away and writes must go on: `ip addr add {{ $labels.address }}/<mask> dev <interface>` on the leader, and remove it before vip-manager starts.',
        ],
        needs: 'the node exporter with --collector.netdev.address-info, and the address in `vips` of the site',
      };
});
