import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterReplay,
  afterSuccess,
  decide,
  newRecord,
  slackFrom,
  staleResult,
  type GoodResult,
} from './cache.ts';
import type { Failure } from './failure.ts';

const good = (atMs: number): GoodResult => ({ atMs, families: [], samples: 3, unreadable: {}, missing: [], cut: 0 });
const timeout: Failure = { class: 'timeout', message: 'too slow', sqlState: '57014' };
const healthy = afterSuccess(newRecord, good(0), 5);
const failing = (atMs: number, ttlMs: number, record = healthy) =>
  afterFailure(record, timeout, { atMs, ttlMs, durationMs: 100 });

describe('a fresh result', () => {
  test('is replayed until its ttl ends', () => {
    expect(decide(newRecord, 10_000, 0, 0)).toBe('run');
    expect(decide(healthy, 10_000, 0, 9_999)).toBe('replay');
    expect(decide(healthy, 10_000, 0, 10_000)).toBe('run');
  });

  test('is never replayed with ttl 0', () => {
    expect(decide(healthy, 0, 5_000, 0)).toBe('run');
  });

  test('is read anew on every scrape when ttl and scrape interval are equal, in spite of jitter', () => {
    const slack = slackFrom([0, 10_020, 20_000, 30_010]);
    expect(decide(healthy, 10_000, slack, 9_980)).toBe('run');
  });

  test('of a ttl of six intervals is replayed five times, in spite of jitter', () => {
    const slack = slackFrom([0, 10_000, 20_010]);
    expect(decide(healthy, 60_000, slack, 50_030)).toBe('replay');
    expect(decide(healthy, 60_000, slack, 59_970)).toBe('run');
  });

  test('lives at least half its ttl, however rare the scrapes', () => {
    expect(decide(healthy, 60_000, slackFrom([0, 300_000]), 29_000)).toBe('replay');
  });
});

describe('a failure', () => {
  test('is retried after 1, 2, 4 … seconds, not after the ttl', () => {
    const once = failing(0, 300_000);
    expect(decide(once, 300_000, 0, 999)).toBe('wait');
    expect(decide(once, 300_000, 0, 1_000)).toBe('run');
    const twice = failing(1_000, 300_000, once);
    expect(decide(twice, 300_000, 0, 2_999)).toBe('wait');
    expect(decide(twice, 300_000, 0, 3_000)).toBe('run');
  });

  test('waits no longer than the ttl, however often it happened', () => {
    let record = healthy;
    for (let i = 0; i < 40; i += 1) record = failing(0, 60_000, record);
    expect(decide(record, 60_000, 0, 60_000)).toBe('run');
  });

  test('is counted for every scrape that suffers from it', () => {
    const record = afterReplay(afterReplay(failing(0, 10_000), 'wait'), 'wait');
    expect(record).toMatchObject({ total: 4, errors: 3, hits: 0 });
  });

  test('ends with the next success', () => {
    const record = afterSuccess(failing(0, 10_000), good(1_000), 5);
    expect(record).toMatchObject({ failed: undefined, errors: 1 });
    expect(decide(record, 10_000, 0, 1_001)).toBe('replay');
  });
});

describe('the last good result of a failing collector', () => {
  test('is still shown when it changes slowly, until it is two ttls old', () => {
    const record = failing(60_000, 60_000);
    expect(staleResult(record, 60_000, 120_000)).toEqual(good(0));
    expect(staleResult(record, 60_000, 120_001)).toBeUndefined();
  });

  test('is not shown when alerts take it for live', () => {
    expect(staleResult(failing(1_000, 10_000), 10_000, 1_000)).toBeUndefined();
  });
});
