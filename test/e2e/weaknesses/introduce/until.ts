import { setTimeout as sleep } from 'node:timers/promises';

/** A part of a busy lab takes its time. */
const patienceMs = 60_000;

/** Asks until nothing is missing any more. Errors: the last thing that was missing. */
export async function until(what: string, question: () => Promise<string | undefined>): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const missing = await question();
    if (missing === undefined) return;
    if (Date.now() > end) throw new Error(`${what}: not within ${patienceMs / 1_000} s; ${missing}`);
    await sleep(250);
  }
}
