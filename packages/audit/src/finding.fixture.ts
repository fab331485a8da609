import type { Finding, Outcome } from './finding.ts';

/** A finding of check on subject with this outcome and nothing else of interest. */
export function findingOf(check: string, subject: string, outcome: Outcome, over: Partial<Finding> = {}): Finding {
  return {
    id: `${check}/${subject}`,
    check,
    subject,
    severity: 'high',
    outcome,
    reason: { en: outcome, zh: outcome },
    evidence: [],
    params: {},
    at: '2026-11-21T20:33:20.000Z',
    ...over,
  };
}
