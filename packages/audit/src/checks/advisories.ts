import { isOlder, seriesOf, versionNumbers } from './version-order.ts';
import type { Releases } from './software-releases.ts';

/** How a version stands in a table of releases. */
export interface Standing {
  /** Flaws it has, worst first. */
  readonly flaws: readonly { readonly id: string; readonly score: number; readonly fixedIn: string | undefined }[];
  /** Newest release of its series; undefined when the series gets no fixes any more, or is newer than the table. */
  readonly newest: string | undefined;
  readonly isBehind: boolean;
  /** Its series is newer than every one of the table. */
  readonly isBeyond: boolean;
}

/** Compares a version with what is known. */
export function standingOf(version: string, { newest, advisories }: Releases): Standing {
  const flaws = advisories.flatMap(({ id, score, fixedIn }): Standing['flaws'] => {
    const series = seriesOf(version, Object.keys(fixedIn));
    const fixed = series === undefined ? undefined : fixedIn[series];
    if (fixed !== undefined) return isOlder(version, fixed) ? [{ id, score, fixedIn: fixed }] : [];
    const oldest = Object.keys(fixedIn).toSorted((a, b) => (isOlder(a, b) ? -1 : 1))[0];
    // Older than every series that was mended: the flaw stayed. Newer ones never had it.
    return oldest !== undefined && isOlder(version, oldest) ? [{ id, score, fixedIn: undefined }] : [];
  });
  const series = seriesOf(version, Object.keys(newest));
  const latest = series === undefined ? undefined : newest[series];
  const last =
    Object.keys(newest)
      .toSorted((a, b) => (isOlder(a, b) ? -1 : 1))
      .at(-1) ?? '0';
  return {
    flaws: flaws.toSorted((a, b) => b.score - a.score),
    newest: latest,
    isBehind:
      latest === undefined ? versionNumbers(version).length > 0 && isOlder(version, last) : isOlder(version, latest),
    isBeyond: series === undefined && !isOlder(version, last),
  };
}
