import type { AuditRun } from '../run.ts';

/** What the service knows of one cluster. */
export interface ClusterState {
  readonly cluster: string;
  /** Id of the auditor that audits it instead of this one. */
  readonly heldBy?: string;
  /** Newest run that came to its end, and where its report was written. */
  readonly latest?: { readonly run: AuditRun; readonly reportFolder: string };
  /** Newest attempt, whether it came to its end or not. */
  readonly attempt?: {
    /** ISO 8601 UTC. */
    readonly endedAt: string;
    readonly durationMs: number;
    /** Why it did not come to its end; absent when it did. */
    readonly error?: string;
  };
}

/** Age of the evidence behind the shown verdicts in milliseconds; undefined before the first run. */
export const evidenceAgeMs = ({ latest }: ClusterState, now: Date): number | undefined =>
  latest === undefined ? undefined : Math.max(0, now.getTime() - Date.parse(latest.run.snapshot.finishedAt));

/**
 * Whether the shown verdicts may be taken as the present: the newest attempt came to its end, and the evidence is not
 * older than two intervals.
 */
export function isFresh(state: ClusterState, now: Date, intervalMs: number): boolean {
  const age = evidenceAgeMs(state, now);
  return age !== undefined && state.attempt?.error === undefined && age <= 2 * intervalMs;
}
