import { readdir, readFile } from 'node:fs/promises';
import type { Family } from './family.ts';

/**
 * What every process says of itself, by Prometheus' conventional names: CPU, resident memory, start time, file
 * descriptors and heap. A value this platform does not give is left out. Errors: none.
 */
export async function processFamilies(): Promise<readonly Family[]> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const [openFiles, mostFiles] = await Promise.all([openFileDescriptors(), maxFileDescriptors()]);
  return [
    family('process_cpu_seconds_total', 'counter', 'User and system CPU time spent', (user + system) / 1e6),
    family('process_start_time_seconds', 'gauge', 'Start of the process since the Unix epoch', startSeconds()),
    family('process_resident_memory_bytes', 'gauge', 'Resident memory size', rss),
    family('process_heap_bytes', 'gauge', 'JavaScript heap in use', heapUsed),
    family('process_open_fds', 'gauge', 'Open file descriptors', openFiles),
    family('process_max_fds', 'gauge', 'Most file descriptors the process may open', mostFiles),
  ].filter(({ samples }) => samples.length > 0);
}

function family(name: string, kind: Family['kind'], help: string, value: number | undefined): Family {
  return { name, kind, help, labelNames: [], samples: value === undefined ? [] : [{ labels: [], value }] };
}

function startSeconds(): number {
  return performance.timeOrigin / 1000;
}

async function openFileDescriptors(): Promise<number | undefined> {
  // The directory handle that lists them is one of them.
  return readdir('/proc/self/fd').then(
    (names) => names.length - 1,
    () => undefined,
  );
}

async function maxFileDescriptors(): Promise<number | undefined> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? undefined : Number(soft);
}
