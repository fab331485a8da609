import { readdirSync, readFileSync } from 'node:fs';
import type { Family } from './family.ts';

/**
 * What every process says of itself, by Prometheus' conventional names: CPU, resident memory, start time, file
 * descriptors and heap. A value this platform does not give is left out. Errors: none.
 */
export function processFamilies(): Promise<readonly Family[]> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const families = [
    family('process_cpu_seconds_total', 'counter', 'User and system CPU time spent', (user + system) / 1e6),
    family('process_start_time_seconds', 'gauge', 'Start of the process since the Unix epoch', startSeconds()),
    family('process_resident_memory_bytes', 'gauge', 'Resident memory size', rss),
    family('process_heap_bytes', 'gauge', 'JavaScript heap in use', heapUsed),
    family('process_open_fds', 'gauge', 'Open file descriptors', openFileDescriptors()),
    family('process_max_fds', 'gauge', 'Most file descriptors the process may open', maxFileDescriptors()),
  ];
  return Promise.resolve(families.filter(({ samples }) => samples.length > 0));
}

function family(name: string, kind: Family['kind'], help: string, value: number | undefined): Family {
  return { name, kind, help, labelNames: [], samples: value === undefined ? [] : [{ labels: [], value }] };
}

function startSeconds(): number {
  return performance.timeOrigin / 1000;
}

// The kernel answers these from memory: asking at once costs less than the four changes of thread of asking later.
function openFileDescriptors(): number | undefined {
  try {
    // The directory handle that lists them is one of them.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return undefined;
  }
}

function maxFileDescriptors(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
