import { pgUp, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stillFiring } from '../still-firing.ts';

/** Until it has answered for half a minute: Patroni is back before it, but seen by another group of rules. */
export const postgresDown = defineAlert({
  name: 'PostgresDown',
  severity: 'critical',
  for: '30s',
  expr: promql`${pgUp} == 0 or (min_over_time(${pgUp}[30s]) == 0 and on (job, cls, ins, instance) ${stillFiring('PostgresDown')})`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: '{{ $labels.ins }} does not answer its exporter',
    zh: '实例 {{ $labels.ins }} 对采集器无应答',
  },
  description: {
    en: 'The exporter of {{ $labels.ins }} runs but cannot use PostgreSQL: stopped, starting, out of connections, or refusing the monitor role.',
    zh: '{{ $labels.ins }} 的采集器在运行，但无法使用 PostgreSQL：可能已停止、正在启动、连接耗尽或拒绝监控账号。',
  },
  runbook: [
    'Ask the exporter why: the series `pg_exporter_server_last_error_info` and its log name the class (unreachable, auth_failed, timeout, too_many_connections).',
    'On the node: `pg_ctl status -D $PGDATA` or `patronictl list`, then the last lines of the PostgreSQL log.',
    'If it is a lone replica the service goes on: repair it before the next failure. If PostgresNoPrimary fires too, start there.',
  ],
});
