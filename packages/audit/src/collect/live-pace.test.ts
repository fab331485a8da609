import { expect, test } from 'vitest';
import { createLivePace, type PaceClock } from './live-pace.ts';

/** A clock that only waiting and `take` move. */
function handClock(): PaceClock & { take(ms: number): void } {
  let atMs = 5000;
  return {
    nowMs: () => atMs,
    wait: async (ms) => {
      atMs += ms;
    },
    take: (ms) => {
      atMs += ms;
    },
  };
}

test('a pause lies between two starts, and a probe that took longer has used it up', async () => {
  const clock = handClock();
  const pace = createLivePace(100, new AbortController().signal, clock);
  const starts: number[] = [];
  const probe = (tookMs: number) => async (): Promise<void> => {
    starts.push(clock.nowMs());
    clock.take(tookMs);
  };
  await Promise.all([30, 100, 250, 0, 0].map((tookMs) => pace.run(probe(tookMs))));
  expect(starts.map((at) => at - 5000)).toEqual([0, 100, 200, 450, 550]);
});

test('one at a time, also after one that failed', async () => {
  const pace = createLivePace(0, new AbortController().signal);
  let running = 0;
  const probe = async (): Promise<number> => {
    running += 1;
    const seen = running;
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (seen !== 1) throw new Error('two at a time');
    return seen;
  };
  const broken = pace.run(() => Promise.reject(new Error('refused')));
  await expect(broken).rejects.toThrow('refused');
  expect(await Promise.all([1, 2, 3].map(() => pace.run(probe)))).toEqual([1, 1, 1]);
});

test('a run that ends waits for no pause', async () => {
  const ending = new AbortController();
  const pace = createLivePace(3_600_000, ending.signal);
  await pace.run(() => Promise.resolve());
  const second = pace.run(() => Promise.resolve('asked'));
  ending.abort();
  expect(await second).toBe('asked');
});
