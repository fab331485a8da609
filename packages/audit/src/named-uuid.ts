import { createHash } from 'node:crypto';

/** Namespace of our names: a random UUID, once and for all. */
const namespace = 'f1f0a1d4-6c0b-4d7e-9a58-3b2c7d90e614';

/** UUID version 5 of a name of ours (RFC 9562): equal names, equal ids, on every machine and in every run. */
export function uuidOf(...name: readonly string[]): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name.join('\n'))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
