import type { Progress, Step } from '@pgattest/runtime';

/** One visible step; a failure is marked where it happened, an interrupt ends the run before the next step. */
export async function during<T>(
  progress: Progress,
  signal: AbortSignal,
  title: string,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const step = progress.step(title);
  try {
    return await work(step);
  } catch (error) {
    step.fail(signal.aborted ? 'interrupted' : 'failed');
    throw error;
  }
}
