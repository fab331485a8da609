import { expect, test } from 'vitest';
import { parseExposition } from './exposition-parse.ts';
import { expose } from './exposition.ts';
import { processFamilies } from './process.ts';

test('the process describes itself under the conventional names', async () => {
  const families = await processFamilies();
  expect(families.map(({ name }) => name)).toEqual([
    'process_cpu_seconds_total',
    'process_start_time_seconds',
    'process_resident_memory_bytes',
    'process_heap_bytes',
    'process_open_fds',
    'process_max_fds',
  ]);
  expect(families.every(({ samples }) => (samples[0]?.value ?? 0) > 0)).toBe(true);
  expect(parseExposition(expose(families))).toEqual(families);
});
