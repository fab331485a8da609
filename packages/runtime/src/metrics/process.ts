import { readdir, readFile } from 'node:fs/promises';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Family } from './family.ts';

/**
 * What every process says of itself, by Prometheus' conventional names: CPU, resident memory, start time, file
 * descriptors and heap. A value this platform does not give is left out. Errors: none.
 */
export async function processFamilies(): Promise<readonly Family[]> {
  // One registry per call: prom-client's own collectDefaultMetrics installs observers that cannot be removed again.
  const registry = new Registry();
  const registers = [registry];
  const cpu = process.cpuUsage();
  new Counter({ name: 'process_cpu_seconds_total', help: 'User and system CPU time spent', registers }).inc(
    (cpu.user + cpu.system) / 1e6,
  );
  const gauges: readonly (readonly [name: string, help: string, value: number | undefined])[] = [
    ['process_start_time_seconds', 'Start of the process since the Unix epoch', performance.timeOrigin / 1000],
    ['process_resident_memory_bytes', 'Resident memory size', process.memoryUsage.rss()],
    ['process_heap_bytes', 'JavaScript heap in use', process.memoryUsage().heapUsed],
    ['process_open_fds', 'Open file descriptors', await openFileDescriptors()],
    ['process_max_fds', 'Most file descriptors the process may open', await maxFileDescriptors()],
  ];
  for (const [name, help, value] of gauges) {
    if (value !== undefined) new Gauge({ name, help, registers }).set(value);
  }
  return registryFamilies(registry);
}

/** Gauges and counters of a prom-client registry as families; other kinds are left out. */
export async function registryFamilies(registry: Registry): Promise<readonly Family[]> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.flatMap((metric): readonly Family[] => {
    // prom-client declares `type` as an enum but fills it with these words.
    const kind = String(metric.type);
    if (kind !== 'gauge' && kind !== 'counter') return [];
    const labelNames = [...new Set(metric.values.flatMap((value) => Object.keys(value.labels)))].toSorted();
    const samples = metric.values.map((value) => ({
      labels: labelNames.map((name) => String(value.labels[name] ?? '')),
      value: value.value,
    }));
    return [{ name: metric.name, kind, help: metric.help, labelNames, samples }];
  });
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
