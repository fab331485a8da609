import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';
import { targetUp } from '../../site/target-series.ts';

/** Later than a failover and the split brain it may leave: these say more, and hide this one. */
export const patroniDown = defineAlertFor((site) => ({
  name: 'PatroniDown',
  severity: 'critical',
  for: durationText(site.rtoSeconds + 30),
  expr: promql`${targetUp(site, 'patroni')} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: 'Patroni of {{ $labels.ins }} does not answer', zh: '{{ $labels.ins }} 的 Patroni 无应答' },
  description: {
    en: 'Nobody looks after PostgreSQL on {{ $labels.ins }}: it takes no part in a failover, and if it was the primary it goes on writing beside the new one.',
    zh: '{{ $labels.ins }} 上的 PostgreSQL 无人管理：它不参与故障切换；如果它原来是主库，会在新主库之外继续接受写入。',
  },
  runbook: [
    'On the node: `systemctl status patroni` and the last lines of its log.',
    'See what PostgreSQL does there: `SELECT pg_is_in_recovery()`. If it is a primary while `patronictl list` names another leader, stop it at once (`pg_ctl stop -m fast`).',
    'Start Patroni again only when the cluster has one leader: `systemctl start patroni`, then `patronictl list`.',
  ],
}));
