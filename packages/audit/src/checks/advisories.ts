import { isOlder, seriesOf, versionNumbers } from './version-order.ts';
import type { Releases } from './software-releases.ts';

/** A flaw that a version has. */
export interface Flaw {
  readonly id: string;
  /** CVSS base score; undefined where none was published. */
  readonly score: number | undefined;
  readonly fixedIn: string | undefined;
}

/** How a version stands in a table of releases. */
export interface Standing {
  /** Flaws it has, worst first. */
  readonly flaws: readonly Flaw[];
  /** Newest release of its series; undefined when the series gets no fixes any more, or is newer than the table. */
  readonly newest: string | undefined;
  readonly isBehind: boolean;
  /** The table cannot tell whether it is the newest: its series is beyond every one of the table, or has got a release since. */
  readonly isBeyond: boolean;
}

/** Compares a version with what is known. */
export function standingOf(version: string, { newest, unlisted, advisories }: Releases): Standing {
  const flaws = advisories.flatMap(({ id, score, since = '0', fixedIn }): readonly Flaw[] => {
    if (isOlder(version, since)) return [];
    const series = seriesOf(version, Object.keys(fixedIn));
    const fixed = series === undefined ? undefined : fixedIn[series];
    if (fixed !== undefined) return isOlder(version, fixed) ? [{ id, score, fixedIn: fixed }] : [];
    // Older than a series that was mended, and not mended itself: the flaw stayed. Newer ones never had it.
    return isOlder(version, newestOf(Object.keys(fixedIn))) ? [{ id, score, fixedIn: undefined }] : [];
  });
  const series = seriesOf(version, Object.keys(newest));
  const latest = series === undefined ? undefined : newest[series];
  const last = newestOf(Object.keys(newest));
  const hasUnlisted = series !== undefined && latest !== undefined && unlisted?.series.includes(series) === true;
  return {
    flaws: flaws.toSorted((a, b) => weightOf(b) - weightOf(a)),
    newest: latest,
    isBehind:
      latest === undefined ? versionNumbers(version).length > 0 && isOlder(version, last) : isOlder(version, latest),
    isBeyond: series === undefined ? !isOlder(version, last) : hasUnlisted && !isOlder(latest, version),
  };
}

/** Whether a flaw is as bad as this score; one that nobody scored is. */
export const isSevere = (flaw: Flaw, score: number): boolean => weightOf(flaw) >= score;

/** ` (8.8)`, or nothing where no score was published. */
export const shownScore = ({ score }: Flaw): string => (score === undefined ? '' : ` (${score})`);

const weightOf = ({ score }: Flaw): number => score ?? 10;

const newestOf = (versions: readonly string[]): string =>
  versions.toSorted((a, b) => (isOlder(a, b) ? -1 : isOlder(b, a) ? 1 : 0)).at(-1) ?? '0';
