import { pgSlot, promql, select } from '@pgattest/catalog';
import { type Panel, type Threshold, table, timeseries } from '../../grafana/panel.ts';
import { stateWords } from '../../grafana/state-words.ts';
import { same, say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';
import { goodWords } from '../role-words.ts';

const retained: Threshold = {
  value: 'slotRetained',
  colour: 'orange',
  why: say('WAL held back is orange from {value}: the disk fills.', '占住的 WAL：从 {value} 起为橙色，磁盘将被写满。'),
};
const none = say('no replication slot exists', '没有复制槽');

export const slotsRow: readonly Panel[] = [
  table({
    title: say('Replication slots', '复制槽'),
    description: say(
      'Whether each slot is read, what WAL it holds back and whether that WAL is safe. A slot that nobody reads fills the disk.',
      '复制槽是否有人读取、占住多少 WAL、WAL 是否安全。无人读取的槽会写满磁盘。',
    ),
    keys: { ins: say('Instance', '实例'), slot_name: say('Slot', '复制槽'), slot_type: say('Type', '类型') },
    values: [
      {
        title: say('Read', '被读取'),
        expr: promql`max by (ins, slot_name, slot_type) (${select(pgSlot.m.active, cluster)})`,
        unit: 'state',
        words: goodWords,
      },
      {
        title: say('WAL held back', '占住的 WAL'),
        expr: promql`max by (ins, slot_name, slot_type) (${select(pgSlot.m.retained_bytes, cluster)})`,
        thresholds: [retained],
      },
      {
        title: say('WAL', 'WAL 状态'),
        expr: promql`max by (ins, slot_name, slot_type) (${select(pgSlot.m.wal_status, cluster)})`,
        words: stateWords(pgSlot.m.wal_status, ['reserved', 'extended']),
      },
    ],
    empty: none,
    width: 12,
  }),
  timeseries({
    title: say('WAL held back by slots', '复制槽占住的 WAL'),
    description: say(
      'Bytes of WAL the sender keeps for each slot. A line that only rises belongs to a consumer that is gone.',
      '发送端为各复制槽保留的 WAL。只升不降的曲线属于已离开的消费者。',
    ),
    queries: [
      {
        expr: promql`max by (ins, slot_name) (${select(pgSlot.m.retained_bytes, cluster)})`,
        legend: same('{{ins}} {{slot_name}}'),
      },
    ],
    thresholds: [retained],
    empty: none,
    width: 12,
  }),
];
