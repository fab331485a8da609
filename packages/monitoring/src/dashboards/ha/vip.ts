import { nodeMetrics, not, probeSuccess, promql, select } from '@pgattest/catalog';
import { type Panel, stateTimeline } from '../../grafana/panel.ts';
import { same, say } from '../../grafana/text.ts';
import { uids } from '../../grafana/uids.ts';

const addresses = select(nodeMetrics.nodeNetworkAddressInfo, { cls: '$cls', scope: 'global', device: not('lo') });

export const vipRow: readonly Panel[] = [
  stateTimeline({
    title: say('Who holds a virtual address', '谁持有虚拟地址'),
    description: say(
      'Addresses of a node beside its own (label ip). One line at a time is right, and it belongs to the primary; two at once answer for each other.',
      '节点除自身地址（标签 ip）外的地址。同一时刻只应有一行，且属于主库；两行同时存在则互相抢答。',
    ),
    queries: [
      {
        // What remains when the address that the scrape configuration knows is taken away.
        expr: promql`max by (ins, address) (${addresses} unless on (ins, address) label_replace(${addresses}, "address", "$1", "ip", "(.+)"))`,
        legend: same('{{ins}} {{address}}'),
        when: 'vip-held',
      },
    ],
    unit: 'state',
    words: { 1: { text: say('holds', '持有'), colour: 'green' } },
    empty: say(
      'no node of this cluster has a second address, or its node exporter does not say (--collector.netdev.address-info)',
      '该集群节点没有第二地址，或 node_exporter 未开启 --collector.netdev.address-info',
    ),
    width: 12,
    height: 5,
  }),
  stateTimeline({
    title: say('Virtual addresses answer', '虚拟地址可达'),
    description: say(
      'Whether each virtual address of the cluster answers the blackbox exporter, wherever it is.',
      '集群的虚拟地址是否应答 blackbox 探测，无论位于何处。',
    ),
    queries: [
      {
        expr: promql`max by (vip) (${select(probeSuccess, { cls: '$cls', vip: /.+/ })})`,
        legend: same('{{vip}}'),
        when: 'vip-probed',
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('silent', '无应答'), colour: 'red' },
      1: { text: say('answers', '应答'), colour: 'green' },
    },
    empty: say(
      'no virtual address of this cluster is probed (blackbox exporter, label vip)',
      '未探测该集群的虚拟地址（blackbox，标签 vip）',
    ),
    link: uids.exporters,
    width: 12,
    height: 5,
  }),
];
