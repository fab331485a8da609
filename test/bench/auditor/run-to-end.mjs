// A Node program from its start to its end, with the time, CPU and memory that it used.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { cpuSeconds } from '../process-use.mjs';

/**
 * Memory in MiB, times in seconds. Memory is looked at every `everyMs`; the peak is the kernel's own, as of the last look.
 */
export async function runToEnd(argv, { stdoutFile, everyMs }) {
  const stdout = openSync(stdoutFile, 'w');
  const began = performance.now();
  const child = spawn(process.execPath, argv, {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', stdout, stdout],
  });
  closeSync(stdout);
  const samples = [];
  let last = { peak: Number.NaN, cpu: Number.NaN };
  const timer = setInterval(() => {
    const use = useOf(child.pid);
    if (use === undefined) return;
    last = use;
    samples.push({ atSeconds: (performance.now() - began) / 1000, resident: use.resident });
  }, everyMs);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  clearInterval(timer);
  const wallSeconds = (performance.now() - began) / 1000;
  return { code, wallSeconds, cpuSeconds: last.cpu, peak: last.peak, samples };
}

/** Undefined once the process is gone. */
function useOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]) / 1024;
    const use = { resident: read('VmRSS'), peak: read('VmHWM'), cpu: cpuSeconds(pid) };
    return Number.isNaN(use.peak) ? undefined : use;
  } catch {
    return undefined;
  }
}
