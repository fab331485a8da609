import { pgSlot, promql } from '@pgattest/catalog';
import { defineAlertFor } from '../../model.ts';
import { sizeText } from '../../site/size-text.ts';

export const postgresSlotAbandoned = defineAlertFor((site) => ({
  name: 'PostgresSlotAbandoned',
  severity: 'warning',
  for: '15m',
  expr: promql`${pgSlot.m.active} == 0 and ${pgSlot.m.retained_bytes} > ${site.thresholds.slotRetained}`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'slot_name'],
  summary: {
    en: 'Nobody reads from slot {{ $labels.slot_name }} on {{ $labels.ins }} while WAL piles up for it',
    zh: '{{ $labels.ins }} 的复制槽 {{ $labels.slot_name }} 无人消费，WAL 正在堆积',
  },
  description: {
    en: `More than ${sizeText(site.thresholds.slotRetained)} of WAL is kept for it, and it grows until max_slot_wal_keep_size or the disk ends it.`,
    zh: `已为其保留超过 ${sizeText(site.thresholds.slotRetained)} 的 WAL，并会持续增长直至 max_slot_wal_keep_size 或磁盘写满。`,
  },
  runbook: [
    'Whose is it? `SELECT slot_name, slot_type, database, active, wal_status FROM pg_replication_slots` on {{ $labels.ins }}.',
    'Its consumer comes back: watch the disk until it has caught up.',
    `It does not: \`SELECT pg_drop_replication_slot('{{ $labels.slot_name }}')\`. Slots of Patroni members go away when the member is removed.`,
  ],
}));
