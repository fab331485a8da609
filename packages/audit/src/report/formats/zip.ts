/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string;
}

/**
 * A ZIP archive without compression and with a fixed date, so that equal files give equal bytes with every zlib.
 * Source: PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16.
 */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const path = Buffer.from(name, 'utf8');
    const data = Buffer.from(content, 'utf8');
    const common = commonFields(data, path.length);
    const local = Buffer.concat([uint32(0x04034b50), common, path, data]);
    // Made by version 2.0; no comment, first disk, no attributes; offset of the local header.
    const tail = Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]);
    central.push(Buffer.concat([uint32(0x02014b50), uint16(20), common, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const count = uint16(entries.length);
  const end = Buffer.concat([uint32(0x06054b50), uint32(0), count, count, uint32(size), uint32(offset), uint16(0)]);
  return Buffer.concat([...locals, ...central, end]);
}

/** Version 2.0, names in UTF-8, stored, 1980-01-01 00:00, checksum, sizes, length of the name, no extra field. */
const commonFields = (data: Buffer, nameLength: number): Buffer =>
  Buffer.concat([
    uint16(20),
    uint16(0x0800),
    uint32(0),
    uint16(0x0021),
    uint32(crc32(data)),
    uint32(data.length),
    uint32(data.length),
    uint16(nameLength),
    uint16(0),
  ]);

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** CRC-32 of ISO 3309, reflected; node:zlib has it from 20.15 only. */
function crc32(data: Buffer): number {
  const table = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
