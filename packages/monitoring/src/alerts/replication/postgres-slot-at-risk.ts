import { pgSlot, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stateValue } from '../../state-value.ts';

export const postgresSlotAtRisk = defineAlert({
  name: 'PostgresSlotAtRisk',
  severity: 'critical',
  for: '1m',
  expr: promql`max by (job, cls, ins, slot_name) (${pgSlot.m.wal_status}) >= ${stateValue(pgSlot.m.wal_status, 'unreserved')}`,
  labels: ['job', 'cls', 'ins', 'slot_name'],
  summary: {
    en: 'Slot {{ $labels.slot_name }} on {{ $labels.ins }} is about to lose, or has lost, WAL it needs',
    zh: '{{ $labels.ins }} 上的复制槽 {{ $labels.slot_name }} 所需的 WAL 即将或已经被清除',
  },
  description: {
    en: 'The slot is past max_slot_wal_keep_size (wal_status unreserved or lost). Once lost, its standby or subscriber must be rebuilt.',
    zh: '该复制槽已超过 max_slot_wal_keep_size（wal_status 为 unreserved 或 lost）。一旦 lost，对应的备库或订阅端必须重建。',
  },
  runbook: [
    'See the slot: `SELECT slot_name, active, wal_status, safe_wal_size, restart_lsn FROM pg_replication_slots` on {{ $labels.ins }}.',
    'unreserved and its consumer is coming back: raise max_slot_wal_keep_size (reload is enough) while the disk allows it.',
    'lost, or nobody owns it: drop it with `SELECT pg_drop_replication_slot($$…$$)` and rebuild the consumer.',
  ],
});
