import { readdir, readFile } from 'node:fs/promises';
import { pgbouncerProcessMetrics as names, type MetricRef } from '@pgattest/catalog';
import type { Family } from '@pgattest/runtime';

/** USER_HZ, which Linux fixes at 100 for everything it shows in /proc. */
const ticksPerSecond = 100;
const bytesPerPage = 4096;

/**
 * The process that a pid file names, as metrics, from /proc. What cannot be read is left out; nothing at all when the file or
 * the process is not there. Errors: none.
 */
export async function pgbouncerProcessFamilies(pidFile: string, proc = '/proc'): Promise<readonly Family[]> {
  const pid = /^\s*(\d+)\s*$/u.exec(await read(pidFile))?.[1];
  if (pid === undefined) return [];
  const [stat, limits, network, system, descriptors] = await Promise.all([
    read(`${proc}/${pid}/stat`),
    read(`${proc}/${pid}/limits`),
    read(`${proc}/${pid}/net/dev`),
    read(`${proc}/stat`),
    readdir(`${proc}/${pid}/fd`).catch(() => undefined),
  ]);
  // The name of the program, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number | undefined => numberOf(fields[number - 3]);
  const [user, system_, startTicks, virtual, pages] = [field(14), field(15), field(22), field(23), field(24)];
  const bootSeconds = numberOf(/^btime (\d+)/mu.exec(system)?.[1]);
  const [received, sent] = networkBytes(network);
  const values: readonly (readonly [MetricRef, number | undefined])[] = [
    [
      names.cpuSecondsTotal,
      user === undefined || system_ === undefined ? undefined : (user + system_) / ticksPerSecond,
    ],
    [names.openFds, descriptors?.length],
    [names.maxFds, limitOf(limits, 'Max open files')],
    [names.residentMemoryBytes, pages === undefined ? undefined : pages * bytesPerPage],
    [names.virtualMemoryBytes, virtual],
    [names.virtualMemoryMaxBytes, limitOf(limits, 'Max address space')],
    [
      names.startTimeSeconds,
      startTicks === undefined || bootSeconds === undefined ? undefined : bootSeconds + startTicks / ticksPerSecond,
    ],
    [names.networkReceiveBytesTotal, received],
    [names.networkTransmitBytesTotal, sent],
  ];
  return values.flatMap(([{ name, kind, help, labels }, value]) =>
    value === undefined ? [] : [{ name, kind, help, labelNames: labels, samples: [{ labels: [], value }] }],
  );
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined || !/^\d+$/u.test(text) ? undefined : Number(text);
}

/** The soft limit; `unlimited` is the largest number, as in the exporter we replace. */
function limitOf(limits: string, name: string): number | undefined {
  const word = new RegExp(`^${name}\\s+(\\S+)`, 'mu').exec(limits)?.[1];
  return word === 'unlimited' ? 2 ** 64 : numberOf(word);
}

/** Bytes received and sent on all interfaces. */
function networkBytes(text: string): readonly [number | undefined, number | undefined] {
  const rows = [...text.matchAll(/^\s*\S+:\s*(\d+)((?:\s+\d+){7})\s+(\d+)/gmu)];
  if (rows.length === 0) return [undefined, undefined];
  const sum = (group: number): number => rows.reduce((total, row) => total + Number(row[group] ?? 0), 0);
  return [sum(1), sum(3)];
}
