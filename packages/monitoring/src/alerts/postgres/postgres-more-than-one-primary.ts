import { promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { livePrimary } from '../roles.ts';
import { stillFiring } from '../still-firing.ts';

const count = promql`count by (job, cls) (${livePrimary})`;

/** Instances that do not answer are not counted: a stopped old primary can never look like a second one. */
export const postgresMoreThanOnePrimary = defineAlert({
  name: 'PostgresMoreThanOnePrimary',
  severity: 'critical',
  for: '30s',
  expr: promql`${count} > 1 or (max_over_time((${count})[30s:5s]) > 1 and on (job, cls) ${stillFiring('PostgresMoreThanOnePrimary')})`,
  labels: ['job', 'cls'],
  summary: {
    en: '{{ $labels.cls }} has {{ $value }} primaries: split brain',
    zh: '集群 {{ $labels.cls }} 有 {{ $value }} 个主库：发生脑裂',
  },
  description: {
    en: 'More than one instance of the cluster accepts writes. Rows written on the wrong side are lost when it is rewound.',
    zh: '集群中有多个实例接受写入。写入错误一侧的数据在回卷（rewind）后将丢失。',
  },
  runbook: [
    'Find both: `pg_in_recovery == 0`, then `SELECT timeline_id FROM pg_control_checkpoint()` on each; the higher timeline is normally the rightful primary.',
    'Fence the other one at once: stop PostgreSQL there (`pg_ctl stop -m fast`), or cut it from HAProxy and the VIP.',
    'Before it rejoins, save its data directory or at least its WAL: writes since the fork exist only there.',
    'Check why fencing failed: watchdog, Patroni paused, or a PostgreSQL running outside Patroni.',
  ],
});
