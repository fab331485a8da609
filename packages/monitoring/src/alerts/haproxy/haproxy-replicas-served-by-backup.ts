import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** The primary is backup of this service: with a single server there is nothing else by design. */
export const haproxyReplicasServedByBackup = defineAlert({
  name: 'HaproxyReplicasServedByBackup',
  severity: 'warning',
  for: '2m',
  expr: promql`label_replace(max by (job, ins, ip, instance, proxy) (${select(haproxyMetrics.haproxyBackendActiveServers, { proxy: /.+-replica/ })}) == 0 and on (instance, proxy) ${haproxyMetrics.haproxyBackendBackupServers} > 0 and on (instance, proxy) count by (instance, proxy) (${select(haproxyMetrics.haproxyServerStatus, { state: 'UP' })}) > 1, "cls", "$1", "proxy", "(.+)-replica")`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'proxy'],
  summary: {
    en: 'Service {{ $labels.proxy }} on {{ $labels.ins }} is served by its backup only',
    zh: '{{ $labels.ins }} 上的服务 {{ $labels.proxy }} 仅由备用服务器提供',
  },
  description: {
    en: 'No replica of {{ $labels.cls }} is fit to serve: reads go to the primary, in addition to its writes.',
    zh: '{{ $labels.cls }} 没有从库可以提供服务：读请求全部落到主库上。',
  },
  runbook: [
    '`patronictl list`: replicas that do not run, or lag too far for the check.',
    '`curl -i http://<replica>:8008/read-only` says why: its body is the state.',
  ],
});
