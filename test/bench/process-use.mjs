// What the kernel says that a process used. Linux only.
import { readdirSync, readFileSync } from 'node:fs';

/** CPU seconds of a process, all of its threads, with the precision of the scheduler. */
export function cpuSeconds(pid) {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return sum + Number(nanoseconds) / 1e9;
  }, 0);
}

/** Resident memory of a process in MiB. */
export function residentMiB(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
