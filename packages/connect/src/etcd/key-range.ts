/** One key, or every key that begins with a prefix. */
export type KeyRange = { readonly key: string } | { readonly prefix: string };

/** Both ends as the gateway takes them, in base64. */
export function keyRange(keys: KeyRange): { readonly key: string; readonly rangeEnd: string | undefined } {
  if ('key' in keys) return { key: Buffer.from(keys.key).toString('base64'), rangeEnd: undefined };
  const start = Buffer.from(keys.prefix);
  return { key: start.toString('base64'), rangeEnd: prefixEnd(start).toString('base64') };
}

/** The first key after all that begin with these bytes; a zero byte means the end of all. */
export function prefixEnd(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  for (let index = end.length - 1; index >= 0; index -= 1) {
    const byte = end[index] ?? 0xff;
    if (byte < 0xff) {
      end[index] = byte + 1;
      return end.subarray(0, index + 1);
    }
  }
  return Buffer.from([0]);
}
