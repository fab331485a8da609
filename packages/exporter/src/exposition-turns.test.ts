import { expose, type Family } from '@pgattest/runtime';
import { describe, expect, test } from 'vitest';
import { exposeInTurns } from './exposition-turns.ts';

const family = (name: string, series: number): Family => ({
  name,
  kind: 'gauge',
  help: 'One\nor two',
  labelNames: ['n'],
  samples: Array.from({ length: series }, (_, index) => ({ labels: [String(index)], value: index })),
});
const families = [
  family('pg_a', 0),
  family('pg_b', 3),
  family('pg_c', 12_345),
  family('pg_d', 5000),
  family('pg_e', 1),
];

describe('much text', () => {
  test('is the same as when written at once', async () => {
    const labels = { cls: 'pg-test' };
    const parts = await exposeInTurns(families, labels);
    expect(Buffer.concat(parts).toString()).toBe(expose(families, labels));
  });

  test('lets others run in between', async () => {
    let turns = 0;
    let isWriting = true;
    const count = (): void => {
      turns += 1;
      if (isWriting) setImmediate(count);
    };
    setImmediate(count);
    await exposeInTurns([family('pg_c', 50_000)], {});
    isWriting = false;
    expect(turns).toBeGreaterThan(5);
  });
});
