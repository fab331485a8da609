import { gauge, pgSlot, promql } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

/** Slots that are streamed from; those nobody uses do not count. */
export const clusterSlots = defineRecording('pg:cls:slot_count', {
  ...gauge('count', 'Replication slots in use'),
  labels: levelLabels.cls,
  expr: promql`sum by (job, cls) (${pgSlot.m.active})`,
});

/** Most WAL that one slot of an instance holds back. */
export const instanceSlotRetainedBytes = defineRecording('pg:ins:slot_retained_bytes', {
  ...gauge('bytes', 'Most WAL that one slot holds back'),
  labels: levelLabels.ins,
  expr: promql`max without (slot_name, slot_type, plugin, datname) (${pgSlot.m.retained_bytes})`,
});

/** Most WAL that one slot of a cluster holds back. */
export const clusterSlotRetainedBytes = defineRecording('pg:cls:slot_retained_bytes', {
  ...gauge('bytes', 'Most WAL that one slot holds back'),
  labels: levelLabels.cls,
  expr: promql`max by (job, cls) (${instanceSlotRetainedBytes})`,
});

export const slotRecordings = [clusterSlots, instanceSlotRetainedBytes, clusterSlotRetainedBytes];
