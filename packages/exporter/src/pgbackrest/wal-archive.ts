import { segmentOfLsn, type WalPosition } from '@pgattest/connect';
import { segmentOfKey, type WalListing } from './wal-listing.ts';

/** A timeline that ended: its number and where the next one began. */
export interface TimelineSwitch {
  readonly timeline: number;
  readonly lsn: string;
}

/** A part of the way that recovery takes: segments of one timeline, both ends included. */
interface Span {
  readonly timeline: number;
  readonly from: number;
  readonly to: number;
}

/** Where a walk through the archive ended. */
export interface WalEnd {
  readonly position: WalPosition;
  /** When the last segment reached was stored. */
  readonly seconds: number;
}

/** A hole: segments missing between others. */
export interface WalGap {
  readonly first: WalPosition;
  readonly count: number;
  /** When the segment behind it was stored. */
  readonly followedSeconds: number;
}

interface Segments {
  readonly numbers: readonly number[];
  readonly seconds: readonly number[];
}

/**
 * An archive as recovery sees it: along the history of its newest timeline. Segments of a timeline beyond the point
 * where the next one branched off are not on the way.
 */
export interface WalArchive {
  readonly newest: WalEnd;
  /** The oldest segment on the way. */
  readonly oldest: WalPosition;
  /** Whether recovery to the newest timeline may pass there. */
  isOnWay(position: WalPosition): boolean;
  /** The last segment that is reached from there without a hole; undefined when already the first is missing. */
  reach(from: WalPosition): WalEnd | undefined;
  /** Holes from there to the newest segment. */
  gaps(from: WalPosition): readonly WalGap[];
}

/** Reads a history file: the timelines before, in their order. Shape of a line: `1\t0/3000158\tno recovery target`. */
export function parseTimelineHistory(text: string): readonly TimelineSwitch[] {
  return text.split('\n').flatMap((line): readonly TimelineSwitch[] => {
    const match = /^\s*(?<timeline>\d+)\s+(?<lsn>[0-9A-Fa-f]+\/[0-9A-Fa-f]+)/.exec(line);
    const { timeline, lsn } = match?.groups ?? {};
    return timeline === undefined || lsn === undefined ? [] : [{ timeline: Number(timeline), lsn }];
  });
}

/**
 * Makes the archive of a listing; undefined when it has no segment. Without the history of the newest timeline only
 * that timeline is on the way, as recovery could not find it from an older one either.
 */
export function createWalArchive(
  listing: WalListing,
  segmentBytes: number,
  history: readonly TimelineSwitch[],
): WalArchive | undefined {
  const byTimeline = new Map(
    listing.timelines.map(({ timeline, keys, seconds }): readonly [number, Segments] => [
      timeline,
      { numbers: keys.map((key) => segmentOfKey(key, segmentBytes)), seconds },
    ]),
  );
  const last = listing.timelines.at(-1)?.timeline;
  const newestNumber = last === undefined ? undefined : byTimeline.get(last)?.numbers.at(-1);
  if (last === undefined || newestNumber === undefined) return undefined;
  const spans = spansOf(last, history, segmentBytes);
  const segmentsOf = (timeline: number): Segments => byTimeline.get(timeline) ?? { numbers: [], seconds: [] };

  const secondsAt = ({ timeline, segment }: WalPosition): number => {
    const { numbers, seconds } = segmentsOf(timeline);
    return seconds[indexFrom(numbers, segment)] ?? 0;
  };
  const isOnWay = ({ timeline, segment }: WalPosition): boolean =>
    spans.some((span) => span.timeline === timeline && segment >= span.from && segment <= span.to);
  /** The way from a position on: its own timeline to its end where it is not on the way of the newest. */
  const wayFrom = ({ timeline, segment }: WalPosition): readonly Span[] => {
    const at = spans.findIndex((span) => span.timeline === timeline && segment <= span.to);
    if (at === -1) return [{ timeline, from: segment, to: Infinity }];
    return spans.slice(at).map((span, index) => (index === 0 ? { ...span, from: segment } : span));
  };

  const reach = (from: WalPosition): WalEnd | undefined => {
    let end: WalPosition | undefined;
    for (const span of wayFrom(from)) {
      const { numbers } = segmentsOf(span.timeline);
      const first = indexFrom(numbers, span.from);
      if (numbers[first] !== span.from) break;
      const lastOfRun = endOfRun(numbers, first, span.to);
      end = { timeline: span.timeline, segment: lastOfRun };
      if (lastOfRun < span.to) break;
    }
    return end === undefined ? undefined : { position: end, seconds: secondsAt(end) };
  };

  const gaps = (from: WalPosition): readonly WalGap[] => {
    const found: WalGap[] = [];
    for (const span of wayFrom(from)) {
      const { numbers, seconds } = segmentsOf(span.timeline);
      let expected = span.from;
      for (let at = indexFrom(numbers, span.from); at < numbers.length; at += 1) {
        const number = numbers[at] ?? expected;
        if (number > span.to) break;
        if (number > expected) {
          const first = { timeline: span.timeline, segment: expected };
          found.push({ first, count: number - expected, followedSeconds: seconds[at] ?? 0 });
        }
        expected = number + 1;
      }
      // What the next timeline continues must be there to its end.
      if (span.to !== Infinity && expected <= span.to) {
        const first = { timeline: span.timeline, segment: expected };
        found.push({ first, count: span.to - expected + 1, followedSeconds: 0 });
      }
    }
    return found;
  };

  const oldest = spans
    .flatMap(({ timeline, from, to }): readonly WalPosition[] => {
      const { numbers } = segmentsOf(timeline);
      const number = numbers[indexFrom(numbers, from)];
      return number === undefined || number > to ? [] : [{ timeline, segment: number }];
    })
    .at(0);
  const newest = { timeline: last, segment: newestNumber };
  return {
    newest: { position: newest, seconds: secondsAt(newest) },
    oldest: oldest ?? newest,
    isOnWay,
    reach,
    gaps,
  };
}

/** The way to the newest timeline. The segment of a switch is read on the new timeline. */
function spansOf(newest: number, history: readonly TimelineSwitch[], segmentBytes: number): readonly Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const { timeline, lsn } of history) {
    const next = segmentOfLsn(lsn, segmentBytes);
    if (next === undefined) continue;
    if (next > from) spans.push({ timeline, from, to: next - 1 });
    from = next;
  }
  return [...spans, { timeline: newest, from, to: Infinity }];
}

/** Index of the first number that is not less. */
function indexFrom(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((numbers[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Last number of the run that begins at an index, at most `limit`. */
function endOfRun(numbers: readonly number[], first: number, limit: number): number {
  // Within a run numbers grow with their index, so its end can be searched.
  const start = numbers[first] ?? 0;
  let [low, high] = [first, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? Infinity) - start === middle - first) low = middle;
    else high = middle - 1;
  }
  return Math.min(numbers[low] ?? start, limit);
}
