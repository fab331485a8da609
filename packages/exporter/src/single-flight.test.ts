import { describe, expect, test } from 'vitest';
import { createSingleFlight, type Patience, type SingleFlight } from './single-flight.ts';

interface Started {
  readonly signal: AbortSignal;
  readonly finish: (result: string) => void;
}

/** Work that ends when the test says so, or when it is aborted. */
function controlled(): { readonly flights: SingleFlight<string>; readonly started: Started[] } {
  const started: Started[] = [];
  const flights = createSingleFlight<string>((signal) => {
    const done = new Promise<string>((resolve) => {
      started.push({ signal, finish: resolve });
      signal.addEventListener('abort', () => resolve('aborted'));
    });
    return { done, soFar: () => 'so far' };
  });
  return { flights, started };
}
const waiting = (budgetMs: number): Patience => ({ budgetMs, signal: new AbortController().signal });
const patient = (): Patience => waiting(60_000);
const hasty = (): Patience => waiting(1);

describe('single flight', () => {
  test('callers at the same time share one run and one answer', async () => {
    const { flights, started } = controlled();
    const answers = Array.from({ length: 50 }, () => flights.join(patient()));
    expect(started).toHaveLength(1);
    started[0]?.finish('done');
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['done']));
  });

  test('the next call after the answer runs anew', async () => {
    const { flights, started } = controlled();
    const first = flights.join(patient());
    started[0]?.finish('one');
    await first;
    const second = flights.join(patient());
    started[1]?.finish('two');
    expect(await second).toBe('two');
  });

  test('a caller whose time is up gets what is known; the work goes on for the others', async () => {
    const { flights, started } = controlled();
    const other = flights.join(patient());
    expect(await flights.join(hasty())).toBe('so far');
    expect(started[0]?.signal.aborted).toBe(false);
    started[0]?.finish('done');
    expect(await other).toBe('done');
  });

  test('the work is aborted when the last caller has left, and the next call does not join it', async () => {
    const { flights, started } = controlled();
    await Promise.all([flights.join(hasty()), flights.join(hasty())]);
    expect(started[0]?.signal.reason).toBe('deadline');
    const next = flights.join(patient());
    expect(started).toHaveLength(2);
    started[1]?.finish('done');
    await next;
  });

  test('a caller who went away gets nothing, and alone takes the work along', async () => {
    const { flights, started } = controlled();
    const client = new AbortController();
    const answer = flights.join({ budgetMs: 60_000, signal: client.signal });
    client.abort();
    expect(await answer).toBeUndefined();
    expect(started[0]?.signal.reason).toBe('abandoned');
  });

  test('a caller who is gone before it starts starts nothing', async () => {
    const { flights, started } = controlled();
    expect(await flights.join({ budgetMs: 60_000, signal: AbortSignal.abort() })).toBeUndefined();
    expect(started).toEqual([]);
  });

  test('closing aborts what runs and waits for it', async () => {
    const { flights, started } = controlled();
    const answer = flights.join(patient());
    await flights.close();
    expect(started[0]?.signal.reason).toBe('closing');
    expect(await answer).toBe('aborted');
  });
});
