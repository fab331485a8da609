import ipaddr from 'ipaddr.js';

/** A place on the number line of one address family. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** All addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bits = (family: 4 | 6): number => (family === 4 ? 32 : 128);

/** Reads an IP address; undefined for anything else, such as a host name. A zone (`%eth0`) is left out. */
export function findAddress(text: string): Address | undefined {
  const plain = text.replace(/%.*$/u, '');
  if (!ipaddr.isValid(plain) || !/[.:]/u.test(plain)) return undefined;
  const address = ipaddr.parse(plain);
  return {
    family: address.kind() === 'ipv4' ? 4 : 6,
    value: address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n),
  };
}

/** Addresses under an address and its mask; undefined when either is none, or the mask has holes. */
export function findMaskedRange(address: string, netmask: string): AddressRange | undefined {
  const base = findAddress(address);
  const mask = findAddress(netmask);
  if (base === undefined || mask?.family !== base.family) return undefined;
  const free = (1n << BigInt(bits(base.family))) - 1n - mask.value;
  // A mask without holes leaves 0…01…1 free.
  if ((free & (free + 1n)) !== 0n) return undefined;
  const first = base.value & mask.value;
  return { family: base.family, first, last: first + free };
}

/** Reads `10.0.0.0/8`, `::1/128` or a single address; throws on anything else. */
export function parseRange(text: string): AddressRange {
  const [address = '', prefix] = text.split('/');
  const base = findAddress(address);
  const length = prefix === undefined ? undefined : Number(prefix);
  if (base === undefined || (length !== undefined && !(Number.isInteger(length) && length >= 0))) {
    throw new Error(`"${text}" is no network; write 10.0.0.0/8 or fd00::/8`);
  }
  const size = bits(base.family);
  if (length !== undefined && length > size) throw new Error(`"${text}" has a prefix longer than ${size}`);
  const free = (1n << BigInt(size - (length ?? size))) - 1n;
  const first = base.value - (base.value & free);
  return { family: base.family, first, last: first + free };
}

export const inRange = (address: Address, range: AddressRange): boolean =>
  address.family === range.family && range.first <= address.value && address.value <= range.last;

/** Length of the prefix all addresses of the range share: 8 for 10.0.0.0/8. */
export const prefixLength = (range: AddressRange): number =>
  bits(range.family) - (range.last - range.first).toString(2).replace(/^0$/u, '').length;

/**
 * One address out of every part of the address space that these ranges cannot tell apart: where each begins, and the
 * next after its end. Whatever is decided by membership in the ranges has one answer within a part.
 */
export function representatives(ranges: readonly AddressRange[]): readonly Address[] {
  const families = [4, 6] as const;
  return families.flatMap((family) => {
    const end = 1n << BigInt(bits(family));
    const starts = ranges.flatMap((range) => (range.family === family ? [range.first, range.last + 1n] : []));
    return [...new Set([0n, ...starts])].filter((value) => value < end).map((value) => ({ family, value }));
  });
}

/** Addresses of the machine itself. */
export const loopbackRanges: readonly AddressRange[] = Object.freeze([parseRange('127.0.0.0/8'), parseRange('::1')]);
