import { gauge, not, pgBgwriter, pgCheckpointer, pgIo, pgSetting, promql, select } from '@pgattest/catalog';
import { familyOf, inOrder, rolledUp } from '../family.ts';

const up = ['cls'] as const;

/** Buffers written by checkpoints. */
export const checkpointBuffers = rolledUp({
  namespace: 'pg',
  metric: 'buf_flush_checkpoint_rate1m',
  ...gauge('count', 'Buffers written by checkpoints per second'),
  low: 'ins',
  expr: promql`rate(${pgCheckpointer.m.buffers_written}[1m])`,
  how: 'sum',
  up,
});

/** Writes of anybody but the two processes that are there for it. */
const bySessions = { object: 'relation', type: not(/checkpointer|background writer/) } as const;
/**
 * Buffers that sessions had to write themselves. Version 17 says so only in pg_stat_io, where version 18 counts bytes
 * instead of blocks; what a session adds to a relation counts as written, as it did before.
 */
export const sessionBuffers = rolledUp({
  namespace: 'pg',
  metric: 'buf_flush_backend_rate1m',
  ...gauge('count', 'Buffers written by sessions themselves per second'),
  low: 'ins',
  expr: promql`rate(${pgBgwriter.m.buffers_backend}[1m]) or (sum without (type, object, context) (rate(${select(pgIo.m.write_bytes, bySessions)}[1m]) + rate(${select(pgIo.m.extend_bytes, bySessions)}[1m])) / ${pgSetting.m.block_size}) or sum without (type, object, context) (rate(${select(pgIo.m.writes, bySessions)}[1m]) + rate(${select(pgIo.m.extends, bySessions)}[1m]))`,
  how: 'sum',
  up,
});

/** Buffers cleaned by the background writer. */
export const cleanedBuffers = rolledUp({
  namespace: 'pg',
  metric: 'buf_clean_rate1m',
  ...gauge('count', 'Buffers cleaned by the background writer per second'),
  low: 'ins',
  expr: promql`rate(${pgBgwriter.m.buffers_clean}[1m])`,
  how: 'sum',
  up,
});

/** Buffers written by anybody. */
export const writtenBuffers = familyOf({
  namespace: 'pg',
  metric: 'buf_write_rate1m',
  ...gauge('count', 'Buffers written by checkpoints, the background writer and sessions per second'),
  levels: ['ins', 'cls'],
  expr: (level) => promql`${checkpointBuffers[level]} + ${cleanedBuffers[level]} + ${sessionBuffers[level]}`,
});

/** Buffers allocated. */
export const allocatedBuffers = rolledUp({
  namespace: 'pg',
  metric: 'buf_alloc_rate1m',
  ...gauge('count', 'Buffers allocated per second'),
  low: 'ins',
  expr: promql`rate(${pgBgwriter.m.buffers_alloc}[1m])`,
  how: 'sum',
  up,
});

export const bufferRecordings = inOrder(
  checkpointBuffers,
  sessionBuffers,
  cleanedBuffers,
  writtenBuffers,
  allocatedBuffers,
);
