import { assert, constantFrom, integer, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  isSegmentSize,
  parseWalName,
  positionOfWal,
  segmentOfLsn,
  segmentSizeOf,
  segmentSizeOfLastPart,
  walNameOf,
} from './wal-segment.ts';

const mebibyte = 1024 * 1024;
const sizes = Array.from({ length: 11 }, (_, power) => mebibyte * 2 ** power);

test.each([
  [16, '0000000100000000000000FF', '000000010000000100000000'],
  [64, '00000001000000000000003F', '000000010000000100000000'],
  [128, '00000001000000000000001F', '000000010000000100000000'],
  [1, '000000010000000000000FFF', '000000010000000100000000'],
  [1024, '000000010000000000000003', '000000010000000100000000'],
])('with %i MiB the segment after %s is %s', (size, name, next) => {
  const position = positionOfWal(name, size * mebibyte);
  expect(position).toBeDefined();
  expect(walNameOf({ timeline: 1, segment: (position?.segment ?? 0) + 1 }, size * mebibyte)).toBe(next);
});

test('a name that cannot exist with a size has no position', () => {
  expect(positionOfWal('000000010000000000000020', 128 * mebibyte)).toBeUndefined();
});

test('names and positions are the same thing, for every size', () => {
  assert(
    property(
      constantFrom(...sizes),
      integer({ min: 1, max: 0xffffffff }),
      nat({ max: 2 ** 40 }),
      (size, timeline, raw) => {
        const segment = raw % (2 ** 32 * (2 ** 32 / size));
        const position = { timeline, segment };
        expect(positionOfWal(walNameOf(position, size), size)).toEqual(position);
      },
    ),
  );
});

test('the segment of an LSN has the name PostgreSQL gives it', () => {
  // SELECT pg_walfile_name('16/B374D848') with 16 MiB: 0000000100000016000000B3
  const segment = segmentOfLsn('16/B374D848', 16 * mebibyte) ?? 0;
  expect(walNameOf({ timeline: 1, segment }, 16 * mebibyte)).toBe('0000000100000016000000B3');
  expect(segmentOfLsn('FFFFFFFF/FFFFFFFF', mebibyte)).toBe(2 ** 44 - 1);
  expect(segmentOfLsn('x', mebibyte)).toBeUndefined();
});

test('an LSN and the name of its segment tell the size, unless they are at the start of a log', () => {
  assert(
    property(constantFrom(...sizes), integer({ min: 0, max: 0xffff }), nat(0xffffffff), (size, high, low) => {
      const lsn = `${high.toString(16)}/${low.toString(16)}`;
      const name = walNameOf({ timeline: 1, segment: segmentOfLsn(lsn, size) ?? 0 }, size);
      const found = segmentSizeOf(lsn, name);
      expect(found === undefined || found === size).toBe(true);
      expect(low >= size ? found : size).toBe(size);
    }),
  );
});

test('what is no segment is none', () => {
  for (const name of ['00000002.history', '000000010000000000000005.00000028.backup', '', '00000001000000000000000g']) {
    expect(parseWalName(name)).toBeUndefined();
  }
  expect(segmentSizeOfLastPart(0xff)).toBe(16 * mebibyte);
  expect(segmentSizeOfLastPart(0x12)).toBeUndefined();
  expect(isSegmentSize(3 * mebibyte)).toBe(false);
});
