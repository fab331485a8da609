/** A place in the sequence of WAL segments. */
export interface WalPosition {
  readonly timeline: number;
  /** Number of the segment since LSN 0/0: LSN divided by the segment size. */
  readonly segment: number;
}

/** The three parts of a segment's name; what they mean together depends on the segment size. */
export interface WalName {
  readonly timeline: number;
  readonly log: number;
  readonly part: number;
}

const mebibyte = 1024 * 1024;
const segmentBytesAllowed = Array.from({ length: 11 }, (_, power) => mebibyte * 2 ** power);
const logBytes = 2 ** 32;

/** Parts of a name of 24 hexadecimal digits; undefined for anything else. */
export function parseWalName(name: string): WalName | undefined {
  const match = /^(?<timeline>[0-9A-F]{8})(?<log>[0-9A-F]{8})(?<part>[0-9A-F]{8})$/.exec(name);
  const { timeline, log, part } = match?.groups ?? {};
  if (timeline === undefined || log === undefined || part === undefined) return undefined;
  return { timeline: Number.parseInt(timeline, 16), log: Number.parseInt(log, 16), part: Number.parseInt(part, 16) };
}

/** Position of a segment; undefined for a name that cannot exist with that segment size. */
export function positionOfWal(name: string, segmentBytes: number): WalPosition | undefined {
  const parsed = parseWalName(name);
  if (parsed === undefined) return undefined;
  const perLog = logBytes / segmentBytes;
  if (parsed.part >= perLog) return undefined;
  return { timeline: parsed.timeline, segment: parsed.log * perLog + parsed.part };
}

/** Name of the segment at a position. */
export function walNameOf({ timeline, segment }: WalPosition, segmentBytes: number): string {
  const perLog = logBytes / segmentBytes;
  return [timeline, Math.floor(segment / perLog), segment % perLog].map(hex8).join('');
}

/** Number of the segment that holds an LSN such as `16/B374D848`; undefined for anything else. */
export function segmentOfLsn(lsn: string, segmentBytes: number): number | undefined {
  const match = /^(?<high>[0-9A-Fa-f]{1,8})\/(?<low>[0-9A-Fa-f]{1,8})$/.exec(lsn);
  const { high, low } = match?.groups ?? {};
  if (high === undefined || low === undefined) return undefined;
  // At most 2^32 logs of 4096 parts: exact in a number, which a 64 bit LSN is not.
  return Number.parseInt(high, 16) * (logBytes / segmentBytes) + Math.floor(Number.parseInt(low, 16) / segmentBytes);
}

/** Whether PostgreSQL allows this size: a power of two from 1 MiB to 1 GiB. */
export function isSegmentSize(bytes: number): boolean {
  return segmentBytesAllowed.includes(bytes);
}

/**
 * The segment size that makes an LSN fall into a segment of that name; undefined when several would (the first
 * segment of a log) or none. A backup's start LSN and start segment are such a pair.
 */
export function segmentSizeOf(lsn: string, name: string): number | undefined {
  const fitting = segmentBytesAllowed.filter((size) => {
    const position = positionOfWal(name, size);
    return position !== undefined && position.segment === segmentOfLsn(lsn, size);
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/**
 * The segment size by the last part of a log that is complete, because the archive goes on in the next one: 0xFF for
 * 16 MiB, 0x3F for 64 MiB. Undefined when it fits none.
 */
export function segmentSizeOfLastPart(part: number): number | undefined {
  const size = logBytes / (part + 1);
  return isSegmentSize(size) ? size : undefined;
}

function hex8(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}
