import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess, sendSignal } from '../process/process-table.ts';

/** Every process of a lab carries this variable with the lab's directory: that is how it is known as ours, whoever owns it. */
export const labMarker = 'PGATTEST_LAB';

/**
 * Pids of all living processes of a lab. PostgreSQL's children overwrite the memory of their environment with their
 * title; those are known by their working directory.
 */
export function processesOf(directory: string): readonly number[] {
  const marker = `${labMarker}=${directory}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && findProcess(pid) !== undefined)
    .filter((pid) => hasMarker(pid, marker) || isServerBelow(pid, directory));
}

/** Ends everything of a lab at once and waits until it is gone. Returns the pids that would not go. */
export async function endProcessesOf(directory: string, timeoutMs = 10_000): Promise<readonly number[]> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const alive = processesOf(directory);
    if (alive.length === 0 || performance.now() > end) return alive;
    for (const pid of alive) trySignal(pid);
    await sleep(50);
  }
}

function hasMarker(pid: number, marker: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(marker);
  } catch {
    // Gone meanwhile, or somebody else's: neither is ours.
    return false;
  }
}

function isServerBelow(pid: number, directory: string): boolean {
  try {
    if (
      !readlinkSync(`/proc/${pid}/exe`)
        .replace(/ \(deleted\)$/u, '')
        .endsWith('/postgres')
    )
      return false;
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${directory}/`);
  } catch {
    return false;
  }
}

function trySignal(pid: number): void {
  try {
    sendSignal(pid, 'SIGKILL');
  } catch {
    // Not ours to end; the caller reports who is left.
  }
}
