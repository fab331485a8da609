import type { AlertGroup } from '../../model.ts';
import { vipMissing } from './vip-missing.ts';
import { vipNotOnLeader } from './vip-not-on-leader.ts';
import { vipOnTwoNodes } from './vip-on-two-nodes.ts';

/** Virtual addresses, where the site names them. */
export const vipAlertGroup: AlertGroup = {
  name: 'vip',
  about: 'Virtual addresses, where the site names them',
  category: 'node',
  interval: '10s',
  dashboard: 'pgattest-ha',
  alerts: [vipMissing, vipNotOnLeader, vipOnTwoNodes],
};
