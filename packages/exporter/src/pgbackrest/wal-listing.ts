import { parseWalName, type RepositoryEntry } from '@pgattest/connect';

/** Segments of one timeline in ascending order, each once. `keys` name them independently of the segment size. */
export interface TimelineListing {
  readonly timeline: number;
  /** See `walKey`. */
  readonly keys: readonly number[];
  /** When each was stored, seconds since the epoch. */
  readonly seconds: readonly number[];
}

/** WAL of one database in one repository, as its folder is listed. */
export interface WalListing {
  /** By ascending timeline. */
  readonly timelines: readonly TimelineListing[];
  readonly partials: number;
  readonly duplicates: number;
  readonly storedBytes: number;
  /** Timelines whose history file is there. */
  readonly histories: readonly number[];
  /** Size of a segment that is stored as it is: the segment size, if the repository encrypts nothing. */
  readonly plainBytes?: number;
}

/** A log holds at most 4096 segments, those of 1 MiB. */
const keyFactor = 4096;

/** One number for the log and part of a name, ascending as segments are. */
export function walKey(log: number, part: number): number {
  return log * keyFactor + part;
}

/** Number of a segment for a segment size. */
export function segmentOfKey(key: number, segmentBytes: number): number {
  return Math.floor(key / keyFactor) * (2 ** 32 / segmentBytes) + (key % keyFactor);
}

/** Last part of the name of a segment. */
export function partOfKey(key: number): number {
  return key % keyFactor;
}

/** Log of a segment, the middle of its name. */
export function logOfKey(key: number): number {
  return Math.floor(key / keyFactor);
}

interface Growing {
  readonly keys: number[];
  readonly seconds: number[];
}

/** Builds a listing entry by entry. */
export function createWalListing(): {
  readonly add: (entry: RepositoryEntry) => void;
  readonly result: () => WalListing;
} {
  const timelines = new Map<number, Growing>();
  const histories: number[] = [];
  let partials = 0;
  let storedBytes = 0;
  let plainBytes: number | undefined;
  return {
    add({ path, type, sizeBytes = 0, timeSeconds = 0 }) {
      if (type !== 'file') return;
      const history = /^(?<timeline>[0-9A-F]{8})\.history$/.exec(path)?.groups?.['timeline'];
      if (history !== undefined) histories.push(Number.parseInt(history, 16));
      const match = /\/(?<name>[0-9A-F]{24})(?<partial>\.partial)?-[0-9a-f]{40}(?<suffix>\.\w+)?$/.exec(path);
      const name = parseWalName(match?.groups?.['name'] ?? '');
      if (name === undefined) return;
      storedBytes += sizeBytes;
      if (match?.groups?.['partial'] !== undefined) {
        partials += 1;
        return;
      }
      if (match?.groups?.['suffix'] === undefined) plainBytes = sizeBytes;
      const growing = timelines.get(name.timeline) ?? { keys: [], seconds: [] };
      timelines.set(name.timeline, growing);
      growing.keys.push(walKey(name.log, name.part));
      growing.seconds.push(timeSeconds);
    },
    result() {
      const sorted = [...timelines]
        .toSorted(([a], [b]) => a - b)
        .map(([timeline, growing]) => ({ timeline, ...inOrder(growing) }));
      return {
        timelines: sorted.map(({ timeline, keys, seconds }) => ({ timeline, keys, seconds })),
        partials,
        duplicates: sorted.reduce((sum, { duplicates }) => sum + duplicates, 0),
        storedBytes,
        histories: histories.toSorted((a, b) => a - b),
        ...(plainBytes === undefined ? {} : { plainBytes }),
      };
    },
  };
}

function inOrder({ keys, seconds }: Growing): Growing & { readonly duplicates: number } {
  const isAscending = keys.every((key, at) => at === 0 || key > (keys[at - 1] ?? 0));
  if (isAscending) return { keys, seconds, duplicates: 0 };
  const pairs = keys.map((key, at) => ({ key, second: seconds[at] ?? 0 })).toSorted((a, b) => a.key - b.key);
  const unique = pairs.filter(({ key }, at) => key !== pairs[at - 1]?.key);
  return {
    keys: unique.map(({ key }) => key),
    seconds: unique.map(({ second }) => second),
    duplicates: pairs.length - unique.length,
  };
}
