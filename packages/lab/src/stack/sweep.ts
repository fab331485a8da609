import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcess, sendSignal } from '../process/process-table.ts';

/** Every process of a lab carries this variable with the lab's directory: that is how it is known as ours, whoever owns it. */
export const labMarker = 'PGATTEST_LAB';

/** A living process of a lab, seen from outside of it. */
export interface LabProcess {
  readonly pid: number;
  /** PostgreSQL itself: ended by SIGQUIT it gives its shared memory back, by SIGKILL it does not. */
  readonly isServer: boolean;
}

/**
 * All living processes of a lab. PostgreSQL's children overwrite the memory of their environment with their title; those
 * are known by their working directory.
 */
export function processesOf(directory: string): readonly LabProcess[] {
  const marker = `${labMarker}=${directory}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && findProcess(pid) !== undefined)
    .flatMap((pid) => {
      const isServer = isServerBelow(pid, directory);
      return isServer || hasMarker(pid, marker) ? [{ pid, isServer }] : [];
    });
}

const patienceMs = 4_000;

/** Ends everything of a lab and waits until it is gone. Returns the pids that would not go. */
export async function endProcessesOf(directory: string, timeoutMs = 15_000): Promise<readonly number[]> {
  const begin = performance.now();
  const asked = new Set<number>();
  for (;;) {
    const alive = processesOf(directory);
    const elapsedMs = performance.now() - begin;
    if (alive.length === 0 || elapsedMs > timeoutMs) return alive.map(({ pid }) => pid);
    for (const { pid, isServer } of alive) {
      if (!isServer || elapsedMs > patienceMs) trySignal(pid, 'SIGKILL');
      else if (!asked.has(pid)) {
        asked.add(pid);
        trySignal(pid, 'SIGQUIT');
        // A frozen process takes a signal only when it goes on.
        trySignal(pid, 'SIGCONT');
      }
    }
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
    ) {
      return false;
    }
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${directory}/`);
  } catch {
    return false;
  }
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    sendSignal(pid, signal);
  } catch {
    // Not ours to end; the caller reports who is left.
  }
}
