import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const haproxyTwoPrimaries = defineAlert({
  name: 'HaproxyTwoPrimaries',
  severity: 'critical',
  for: '30s',
  expr: promql`label_replace(sum by (job, ins, ip, instance, proxy) (${select(haproxyMetrics.haproxyServerStatus, { state: 'UP', proxy: /.+-(primary|default)/ })}) > 1, "cls", "$1", "proxy", "(.+)-(primary|default)")`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'proxy'],
  summary: {
    en: 'Service {{ $labels.proxy }} on {{ $labels.ins }} sends writes to {{ $value }} servers',
    zh: '{{ $labels.ins }} 上的服务 {{ $labels.proxy }} 将写入发往 {{ $value }} 台服务器',
  },
  description: {
    en: 'More than one member of {{ $labels.cls }} says that it is the primary. Writes are spread over both sides.',
    zh: '{{ $labels.cls }} 有多个成员自称主库，写入被分散到两侧。',
  },
  runbook: [
    '`curl -i http://<member>:8008/primary` on each; then `patronictl list`.',
    'Take the wrong one out at once: `echo "set server {{ $labels.proxy }}/<server> state maint" | socat - /var/run/haproxy.sock`, and stop PostgreSQL there.',
  ],
});
