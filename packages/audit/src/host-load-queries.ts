export type HostLoadKind = 'cpu' | 'network' | 'conntrack';

/** Sampled every quarter of an hour, so that a month costs a server a few thousand points and no more. */
const peak = (share: string): string => `max by (instance) (quantile_over_time(0.95, (${share})[30d:15m]))`;

/** The queries whose answers are a host's load, of the metrics of node_exporter. */
export const hostLoadQueries: readonly { readonly what: HostLoadKind; readonly query: string }[] = [
  { what: 'cpu', query: peak('1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))') },
  {
    what: 'network',
    query: peak(
      'max by (instance) (rate(node_network_receive_bytes_total[5m]) / (node_network_speed_bytes > 0) or rate(node_network_transmit_bytes_total[5m]) / (node_network_speed_bytes > 0))',
    ),
  },
  {
    what: 'conntrack',
    query: peak('max by (instance) (node_nf_conntrack_entries / (node_nf_conntrack_entries_limit > 0))'),
  },
];
