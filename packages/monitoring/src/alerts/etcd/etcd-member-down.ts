import { promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { targetUp } from '../../site/target-series.ts';

export const etcdMemberDown = defineAlertFor((site) => ({
  name: 'EtcdMemberDown',
  severity: 'warning',
  for: '1m',
  expr: promql`${targetUp(site, 'etcd')} == 0`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: { en: 'etcd member {{ $labels.ins }} does not answer', zh: 'etcd 成员 {{ $labels.ins }} 无应答' },
  description: {
    en: 'etcd goes on without {{ $labels.ins }} as long as a majority is left; Patroni loses that margin.',
    zh: '只要多数成员存活，etcd 就能继续工作，但 Patroni 失去了这部分余量。',
  },
  runbook: [
    'On the node: `systemctl status etcd` and its log.',
    '`etcdctl endpoint status --cluster -w table` from another member shows who is left.',
    'A disk that is full, or a certificate that has expired, shows in the first lines of the log.',
  ],
}));
