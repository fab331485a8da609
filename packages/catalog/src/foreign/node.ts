import { defineMetric, gauge } from '../model.ts';

/**
 * What the node exporter says, as far as our rules read it: nothing of ours measures free space or addresses of a host.
 * Source: node_exporter, README and collector/netdev_linux.go, collector/filesystem_common.go.
 */
export const nodeMetrics = Object.freeze({
  nodeFilesystemAvailBytes: defineMetric(
    'node_filesystem_avail_bytes',
    gauge('bytes', 'Free space for users that are not root'),
    ['instance', 'device', 'fstype', 'mountpoint'],
  ),
  nodeFilesystemSizeBytes: defineMetric('node_filesystem_size_bytes', gauge('bytes', 'Size of the file system'), [
    'instance',
    'device',
    'fstype',
    'mountpoint',
  ]),
  /** Only with --collector.netdev.address-info. */
  nodeNetworkAddressInfo: defineMetric(
    'node_network_address_info',
    gauge('info', 'An address of an interface, constantly 1'),
    ['instance', 'address', 'device', 'netmask', 'scope'],
  ),
});
