import type { Severity } from './check.ts';
import type { Finding } from './finding.ts';

const ranks: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** `never` keeps findings out of the exit code. */
export type FailOn = Severity | 'never';

/**
 * What a run's findings mean for a caller: `findings` when one fails at or above the severity, else `incomplete` when
 * one could not be decided, else `ok`. A failure is certain, so it is told before what is unknown. What nobody declared
 * was not asked for: it lowers the coverage and is told by name, but a run without it is not cut short.
 */
export function verdictOf(findings: readonly Finding[], failOn: FailOn): 'ok' | 'findings' | 'incomplete' {
  const counts = failOn !== 'never';
  if (counts && findings.some(({ outcome, severity }) => outcome === 'fail' && ranks[severity] >= ranks[failOn])) {
    return 'findings';
  }
  const unknown = ['error', 'insufficient_data', 'stale'];
  return findings.some(({ outcome, undecided }) => unknown.includes(outcome) && undecided?.code !== 'not_configured')
    ? 'incomplete'
    : 'ok';
}
