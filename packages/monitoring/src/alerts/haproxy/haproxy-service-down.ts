import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const haproxyServiceDown = defineAlert({
  name: 'HaproxyServiceDown',
  severity: 'warning',
  for: '1m',
  expr: promql`label_replace(${select(haproxyMetrics.haproxyBackendStatus, { state: 'DOWN', proxy: /.+-(replica|offline)/ })} == 1, "cls", "$1", "proxy", "(.+)-(replica|offline)")`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'proxy'],
  summary: {
    en: 'Service {{ $labels.proxy }} on {{ $labels.ins }} has no server',
    zh: '{{ $labels.ins }} 上的服务 {{ $labels.proxy }} 没有可用服务器',
  },
  description: {
    en: 'Neither a replica nor a backup of {{ $labels.cls }} passes its check: connections to this service are refused.',
    zh: '{{ $labels.cls }} 的从库与备用服务器均未通过检查：该服务拒绝连接。',
  },
  runbook: [
    '`curl -i http://<member>:8008/replica` on each member, and `patronictl list`.',
    'If members answer 200 there, look at the firewall between HAProxy and port 8008.',
  ],
});
