import { describe, expect, test } from 'vitest';
import { findOutage, isWritingSince, lossOf, parseLsn, type Attempt } from './attempt.ts';

const row = (
  sequence: number,
  endedMs: number,
  outcome: Attempt['outcome'] = 'acknowledged',
  lsn?: string,
): Attempt => ({
  startedMs: endedMs - 5,
  endedMs,
  sequence,
  outcome,
  ...(lsn === undefined ? {} : { lsn }),
});

describe('the outage of a writer', () => {
  test('is the longest pause between two acknowledged rows, whatever failed in between', () => {
    const attempts = [
      row(1, 100),
      row(2, 150),
      row(3, 900, 'unknown'),
      row(4, 2_000, 'refused'),
      row(5, 5_150),
      row(6, 5_200),
    ];
    expect(findOutage(attempts, 140)).toEqual({ lastMs: 150, nextMs: 5_150, durationMs: 5_000 });
  });

  test('does not count a pause that was over before the fault', () => {
    expect(findOutage([row(1, 100), row(2, 9_000), row(3, 9_050)], 9_010)?.durationMs).toBe(50);
  });

  test('counts from the last acknowledged row, also when that was before the fault', () => {
    expect(findOutage([row(1, 100), row(2, 700)], 300)?.durationMs).toBe(600);
  });

  test('is unknown while it lasts', () => {
    expect(findOutage([row(1, 100), row(2, 5_000, 'refused')], 200)).toBeUndefined();
    expect(findOutage([], 0)).toBeUndefined();
  });

  test('takes the end of a row, so that rows may end out of order', () => {
    expect(findOutage([row(2, 300), row(1, 100), row(3, 350)], 0)?.durationMs).toBe(200);
  });
});

test('writes are possible once a row is acknowledged that was not on its way before', () => {
  expect(isWritingSince([row(1, 102)], 100)).toBe(false);
  expect(isWritingSince([row(1, 110)], 100)).toBe(true);
  expect(isWritingSince([row(1, 110, 'unknown')], 100)).toBe(false);
});

describe('the loss of acknowledged rows', () => {
  test('is none when all are there; rows of unknown outcome may be there or not', () => {
    expect(lossOf([row(1, 1), row(2, 2, 'unknown'), row(3, 3)], new Set([1, 3]), [])).toEqual({
      rows: 0,
      bytes: 0,
    });
  });

  test('is counted in rows, and in bytes from where the new timeline began', () => {
    const attempts = [
      row(1, 1, 'acknowledged', '0/1000'),
      row(2, 2, 'acknowledged', '0/1200'),
      row(3, 3, 'acknowledged', '0/1500'),
    ];
    expect(lossOf(attempts, new Set([1]), [0x1100n])).toEqual({ rows: 2, bytes: 0x400 });
  });

  test('after two changes of the timeline counts from the one that it was lost at', () => {
    const attempts = [row(1, 1, 'acknowledged', '0/1000'), row(2, 2, 'acknowledged', '5/1500')];
    expect(lossOf(attempts, new Set([1]), [0x5_0000_1400n, 0x1100n])).toEqual({ rows: 1, bytes: 0x100 });
  });

  test('without a known fork the bytes count from the first lost row', () => {
    const attempts = [row(1, 1, 'acknowledged', '0/1000'), row(2, 2, 'acknowledged', '0/1200')];
    expect(lossOf(attempts, new Set(), [])).toEqual({ rows: 2, bytes: 0x200 });
  });
});

test('positions of the WAL are read as the server writes them', () => {
  expect(parseLsn('0/0')).toBe(0n);
  expect(parseLsn('16/B374D848')).toBe(0x16_b374_d848n);
  expect(() => parseLsn('16')).toThrow('not a position');
});
