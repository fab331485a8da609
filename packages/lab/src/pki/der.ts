/** One DER value: tag, definite length, content. Source: ITU-T X.690 section 8.1. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits: number[] = [];
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.from([0x80 + digits.length, ...digits]);
}

/** SEQUENCE. */
export const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);

/** SET with one member; with more, DER would demand sorting. */
export const setOf = (member: Uint8Array): Buffer => der(0x31, member);

/** Explicit context tag [n]. */
export const explicit = (tag: number, content: Uint8Array): Buffer => der(0xa0 + tag, content);

/** Non-negative INTEGER from big-endian bytes: a leading zero keeps the sign bit clear. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  const first = digits[0] ?? 0;
  return first >= 0x80 ? der(0x02, Buffer.from([0]), digits) : der(0x02, digits);
}

/** OBJECT IDENTIFIER from dotted text: `2.5.29.17`. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc % 128];
    for (let value = Math.floor(arc / 128); value > 0; value = Math.floor(value / 128))
      groups.unshift(128 + (value % 128));
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

/** UTF8String. */
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'));

/** OCTET STRING. */
export const octets = (content: Uint8Array): Buffer => der(0x04, content);

/** BIT STRING; `unusedBits` of the last byte do not count. */
export const bits = (content: Uint8Array, unusedBits = 0): Buffer => der(0x03, Buffer.from([unusedBits]), content);

/** BOOLEAN TRUE; DER leaves FALSE defaults out. */
export const booleanTrue: Uint8Array = Uint8Array.of(0x01, 0x01, 0xff);

/** UTCTime, the form X.509 wants for years before 2050. Source: RFC 5280 section 4.1.2.5.1. */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]/gu, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`, 'latin1'));
}
