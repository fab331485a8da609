import type { AlertGroup } from '../../model.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { nodeDiskFilling } from './node-disk-filling.ts';
import { nodeDiskFull } from './node-disk-full.ts';

/** Hosts, from exporters that are not ours. */
export const nodeAlertGroup: AlertGroup = {
  name: 'node',
  about: 'Hosts, from exporters that are not ours',
  category: 'node',
  interval: '30s',
  dashboard: 'pgattest-instance',
  alerts: [certificateExpiring, nodeDiskFilling, nodeDiskFull],
};
