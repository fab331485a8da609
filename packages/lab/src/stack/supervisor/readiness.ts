import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import type { DaemonProcess } from '../daemon-process.ts';
import type { StackRun } from '../stack-run.ts';

// A probe that forgets its own deadline must not stop the start.
const probeMs = 20_000;

/** Undefined = runs and is ready; otherwise what is missing, in words. */
export async function describeReadiness(process: DaemonProcess, run: StackRun): Promise<string | undefined> {
  const { state, daemon } = process;
  if (state.kind === 'never started') return 'not started';
  if (state.kind === 'ended') return state.wanted ? 'stopped' : `ended with ${state.how}`;
  const late = sleep(probeMs, `no answer from its probe within ${probeMs / 1000} s`, { ref: false });
  try {
    return await Promise.race([daemon.ready(run), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Waits until a daemon is ready. Errors: start_failed when its process ends, timeout with what was still missing. */
export async function waitUntilReady(
  process: DaemonProcess,
  run: StackRun,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly onMissing?: (text: string) => void },
): Promise<void> {
  const { timeoutMs, signal, onMissing } = options;
  const { id } = process.daemon;
  const end = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const missing = await describeReadiness(process, run);
    if (missing === undefined) return;
    if (process.state.kind === 'ended') throw new LabError('start_failed', `${id} ended with ${process.state.how}`);
    if (performance.now() > end) {
      throw new LabError('timeout', `${id} is not ready after ${Math.round(timeoutMs / 1000)} s: ${missing}`);
    }
    onMissing?.(`${id}: ${missing}`);
    await sleep(100, undefined, { signal });
  }
}
