import { gauge, pgDb, promql } from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

const labels = levelLabels.db;

/** Blocks read from outside the buffer cache. */
export const blocksRead = defineRecording('pg:db:blks_read_1m', {
  ...gauge('count', 'Blocks read from outside the buffer cache within a minute'),
  labels,
  expr: promql`increase(${pgDb.m.blks_read}[1m])`,
});

/** Blocks found in the buffer cache. */
export const blocksHit = defineRecording('pg:db:blks_hit_1m', {
  ...gauge('count', 'Blocks found in the buffer cache within a minute'),
  labels,
  expr: promql`increase(${pgDb.m.blks_hit}[1m])`,
});

/** Blocks asked for. */
export const blocksAccessed = defineRecording('pg:db:blks_access_1m', {
  ...gauge('count', 'Blocks read or found within a minute'),
  labels,
  expr: promql`${blocksRead} + ${blocksHit}`,
});

/** Share of blocks found in the buffer cache; absent while none is asked for. */
export const blockHitRatio = defineRecording('pg:db:blks_hit_ratio1m', {
  ...gauge('ratio', 'Share of blocks found in the buffer cache within a minute'),
  labels,
  expr: promql`${blocksHit} / (${blocksRead} + ${blocksHit} > 0)`,
});

/** The same of all databases of an instance. */
export const instanceBlockHitRatio = defineRecording('pg:ins:blks_hit_ratio1m', {
  ...gauge('ratio', 'Share of blocks found in the buffer cache within a minute'),
  labels: levelLabels.ins,
  expr: promql`sum without (datname) (${blocksHit}) / (sum without (datname) (${blocksRead} + ${blocksHit}) > 0)`,
});

/** Time spent reading blocks. */
export const blockReadTime = defineRecording('pg:db:blk_read_time_seconds_rate1m', {
  ...gauge('ratio', 'Time spent reading blocks per second, 0 unless track_io_timing is on'),
  labels,
  expr: promql`rate(${pgDb.m.blk_read_time}[1m])`,
});

/** Time spent writing blocks. */
export const blockWriteTime = defineRecording('pg:db:blk_write_time_seconds_rate1m', {
  ...gauge('ratio', 'Time spent writing blocks per second, 0 unless track_io_timing is on'),
  labels,
  expr: promql`rate(${pgDb.m.blk_write_time}[1m])`,
});

/** Time spent reading and writing blocks. */
export const blockTime = defineRecording('pg:db:blk_io_time_seconds_rate1m', {
  ...gauge('ratio', 'Time spent reading and writing blocks per second, 0 unless track_io_timing is on'),
  labels,
  expr: promql`${blockReadTime} + ${blockWriteTime}`,
});

export const blockRecordings = [
  blocksRead,
  blocksHit,
  blocksAccessed,
  blockHitRatio,
  instanceBlockHitRatio,
  blockReadTime,
  blockWriteTime,
  blockTime,
];
