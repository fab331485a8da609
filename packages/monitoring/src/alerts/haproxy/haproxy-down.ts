import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

export const haproxyDown = defineAlertFor((site) => ({
  name: 'HaproxyDown',
  severity: 'critical',
  for: '1m',
  expr: promql`${targetUp(site, 'haproxy')} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: 'HAProxy on {{ $labels.ins }} does not answer', zh: '{{ $labels.ins }} 上的 HAProxy 无应答' },
  description: {
    en: 'Clients that connect through {{ $labels.ip }} reach no database.',
    zh: '经由 {{ $labels.ip }} 连接的客户端无法访问任何数据库。',
  },
  runbook: [
    'On the node: `systemctl status haproxy`, `haproxy -c -f /etc/haproxy` and its log.',
    'If clients use a virtual address, check that it has moved to another node.',
  ],
}));
