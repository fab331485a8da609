import type { AnyCollector } from '@pgattest/catalog';
import { stableText } from './stable-text.ts';

/** What a reload changed, by branch, each list sorted. */
export interface CollectorDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Same key, but its SQL or anything of its collector is another. */
  readonly changed: readonly string[];
}

/** Compares two sets of collectors branch by branch. */
export function differenceOf(before: readonly AnyCollector[], after: readonly AnyCollector[]): CollectorDifference {
  const [old, now] = [textByBranch(before), textByBranch(after)];
  return {
    added: [...now.keys()].filter((branch) => !old.has(branch)).toSorted(),
    removed: [...old.keys()].filter((branch) => !now.has(branch)).toSorted(),
    changed: [...now]
      .flatMap(([branch, text]) => (old.has(branch) && old.get(branch) !== text ? [branch] : []))
      .toSorted(),
  };
}

function textByBranch(collectors: readonly AnyCollector[]): ReadonlyMap<string, string> {
  return new Map(
    collectors.flatMap(({ variants, m: _m, h: _h, o: _o, ...common }) =>
      variants.map((variant) => {
        const omitted = new Set<string>(variant.omits);
        // What a sibling brings in is no change of this branch.
        const metrics = Object.entries(common.metrics).filter(([key]) => !omitted.has(key));
        const histograms = Object.entries(common.histograms ?? {}).filter(([key]) => !omitted.has(key));
        return [variant.branch, stableText({ ...common, metrics, histograms, variant: { ...variant, omits: [] } })];
      }),
    ),
  );
}
