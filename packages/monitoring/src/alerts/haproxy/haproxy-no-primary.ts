import { haproxyMetrics, promql, select } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { durationText } from '../../site/duration-text.ts';

/** On these services exactly one server is UP by design: replicas are DOWN there. */
export const haproxyNoPrimary = defineAlertFor((site) => ({
  name: 'HaproxyNoPrimary',
  severity: 'critical',
  for: durationText(site.rtoSeconds),
  expr: promql`label_replace(sum by (job, ins, ip, instance, proxy) (${select(haproxyMetrics.haproxyServerStatus, { state: 'UP', proxy: /.+-(primary|default)/ })}) == 0, "cls", "$1", "proxy", "(.+)-(primary|default)")`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'proxy'],
  summary: {
    en: 'Service {{ $labels.proxy }} on {{ $labels.ins }} has no server',
    zh: '{{ $labels.ins }} 上的服务 {{ $labels.proxy }} 没有可用服务器',
  },
  description: {
    en: 'For longer than a failover may take HAProxy has found no primary of {{ $labels.cls }}: writes through {{ $labels.instance }} fail.',
    zh: '已超过故障切换允许的时长，HAProxy 仍未找到 {{ $labels.cls }} 的主库：经由 {{ $labels.instance }} 的写入失败。',
  },
  runbook: [
    'Ask Patroni itself: `curl -i http://<member>:8008/primary` on each member; 200 is the primary.',
    'If one says 200, its checks fail from here: firewall, or TLS switched on for the REST API. Look at `haproxy_server_check_status`.',
    'If none does, look at PostgresNoPrimary and PatroniClusterUnlocked.',
  ],
}));
