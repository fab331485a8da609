import type { Verdict, Verdicts } from './audit-run.ts';
import type { ExpectedVerdict, State } from './weakness.ts';

/** A verdict that is another one than in the baseline. */
export interface Turned {
  readonly check: string;
  readonly subject: string;
  /** `none`: this run has no such verdict. */
  readonly from: State | 'none';
  readonly to: State | 'none';
  readonly reason: string;
}

/** Every verdict that differs from the baseline, unknown ones too. */
export function turnedSince(baseline: Verdicts, run: Verdicts): readonly Turned[] {
  const ids = [...new Set([...baseline.keys(), ...run.keys()])].toSorted();
  return ids.flatMap((id) => {
    const before = baseline.get(id);
    const now = run.get(id);
    const known: Verdict | undefined = now ?? before;
    if (known === undefined || before?.state === now?.state) return [];
    const { check, subject, reason } = known;
    return [{ check, subject, from: before?.state ?? 'none', to: now?.state ?? 'none', reason }];
  });
}

/** How a run differs from what was expected of it, in words; empty when it is exactly that. */
export function surprises(turned: readonly Turned[], expected: readonly ExpectedVerdict[]): readonly string[] {
  const isExpected = ({ check, subject, to }: Turned): boolean =>
    expected.some((one) => one.check === check && one.subject === subject && one.state === to);
  const isMissing = (one: ExpectedVerdict): boolean =>
    !turned.some(({ check, subject, to }) => check === one.check && subject === one.subject && to === one.state);
  return [
    ...expected.filter(isMissing).map(({ check, subject, state }) => `missing: ${check}/${subject} ${state}`),
    ...turned
      .filter((one) => !isExpected(one))
      .map(({ check, subject, from, to, reason }) => `unexpected: ${check}/${subject} ${from} -> ${to}: ${reason}`),
  ];
}
