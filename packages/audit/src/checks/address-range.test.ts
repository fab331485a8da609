import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAddress, findMaskedRange, inRange, parseRange, prefixLength, representatives } from './address-range.ts';

const ipv4 = fc.nat(0xffffffff).map((value) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.'));
const prefix4 = fc.nat(32);

describe('reading addresses', () => {
  test.each([
    ['10.0.0.1', { family: 4, value: 0x0a000001n }],
    ['::1', { family: 6, value: 1n }],
    ['fe80::1%eth0', { family: 6, value: (0xfe80n << 112n) + 1n }],
    ['db.example', undefined],
    ['all', undefined],
    ['1', undefined],
  ])('%j', (text, expected) => {
    expect(findAddress(text)).toEqual(expected);
  });

  test('a mask with holes is no range, nor one of the other family', () => {
    expect(findMaskedRange('10.0.0.0', '255.0.255.0')).toBeUndefined();
    expect(findMaskedRange('10.0.0.0', 'ffff::')).toBeUndefined();
  });

  test.each(['10.0.0.0/33', 'example.com/8', '10.0.0.0/x', ''])('%j is refused as a network', (text) => {
    expect(() => parseRange(text)).toThrow(/no network|prefix/u);
  });
});

test('address and mask give the same range as the prefix form, and its length comes back', () => {
  fc.assert(
    fc.property(ipv4, prefix4, (address, length) => {
      const mask = ((0xffffffff << (32 - length)) >>> 0) * (length === 0 ? 0 : 1);
      const maskText = [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
      const range = parseRange(`${address}/${length}`);
      expect(findMaskedRange(address, maskText)).toEqual(range);
      expect(prefixLength(range)).toBe(length);
    }),
  );
});

test('every address has a representative that no range tells apart from it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ipv4, prefix4), { maxLength: 6 }), ipv4, (networks, text) => {
      const ranges = networks.map(([address, length]) => parseRange(`${address}/${length}`));
      const address = findAddress(text);
      if (address === undefined) throw new Error(text);
      const alike = representatives(ranges).some(
        (point) => point.family === 4 && ranges.every((range) => inRange(point, range) === inRange(address, range)),
      );
      expect(alike).toBe(true);
    }),
  );
});
