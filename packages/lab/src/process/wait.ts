import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is not undefined; undefined when the time is over. */
export async function waitFor<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  options: { readonly timeoutMs: number; readonly everyMs?: number },
): Promise<T | undefined> {
  const end = performance.now() + options.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > end) return answer;
    await sleep(options.everyMs ?? 20);
  }
}
