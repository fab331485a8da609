import { patroniMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const patroniFailsafeDisabled = defineAlert({
  name: 'PatroniFailsafeDisabled',
  severity: 'info',
  for: '10m',
  expr: promql`max by (job, cls) (${patroniMetrics.patroniFailsafeModeEnabled}) == 0`,
  labels: ['job', 'cls'],
  summary: { en: 'failsafe_mode of {{ $labels.cls }} is off', zh: '集群 {{ $labels.cls }} 未启用 failsafe_mode' },
  description: {
    en: 'When etcd is lost the primary of {{ $labels.cls }} gives up its role although all members are well: an outage of etcd becomes one of the database.',
    zh: '一旦失去 etcd，即使所有成员正常，{{ $labels.cls }} 的主库也会降级：etcd 的故障会变成数据库的故障。',
  },
  runbook: [
    'Switch it on, no restart is needed: `patronictl edit-config {{ $labels.cls }} --set failsafe_mode=true`.',
    'The audit says the same for releases of Patroni without this metric.',
  ],
  needs: 'a Patroni newer than 4.1.4, whose metrics say whether failsafe_mode is configured',
});
