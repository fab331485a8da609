import type { RunRecord } from '../../evidence/record.ts';
import type { Outcome } from '../../finding.ts';
import { driftOf, isOpen, type TrackedFindings } from '../track.ts';

/** One time that a finding was open: from the run that showed it to the run that showed it gone. */
export interface Episode {
  /** `<check>/<subject>`. */
  readonly id: string;
  /** Whether it had been closed before. */
  readonly isReopened: boolean;
  /** Ends of runs, ISO 8601 UTC. */
  readonly openedAt: string;
  readonly openedBy: string;
  readonly closedAt?: string;
  readonly closedBy?: string;
  /** Last outcome that the runs up to the end of the period gave. */
  readonly outcome: Outcome | 'gone';
  /** Whether it was a failure at any time, and not a warning throughout. */
  readonly hasFailed: boolean;
}

/** Follows every finding through a chain, run by run. Errors: none; records come in the order of the chain. */
export function createEpisodes() {
  const open = new Map<string, Episode>();
  const closed: Episode[] = [];
  return {
    /** One more run. `before` is what was known when it began. */
    add({ run, outcomes }: RunRecord, before: TrackedFindings): void {
      for (const [id, outcome] of Object.entries(outcomes.changes)) {
        const drift = driftOf(outcome, before.get(id));
        const known = open.get(id);
        if (drift === 'new' || drift === 'reopened') {
          open.set(id, {
            id,
            isReopened: drift === 'reopened',
            openedAt: run.finishedAt,
            openedBy: run.id,
            outcome,
            hasFailed: outcome === 'fail',
          });
        } else if (drift === 'closed' && known !== undefined) {
          closed.push({ ...known, outcome, closedAt: run.finishedAt, closedBy: run.id });
          open.delete(id);
        } else if (known !== undefined) {
          open.set(id, { ...known, outcome, hasFailed: known.hasFailed || outcome === 'fail' });
        }
      }
    },
    /** All of them so far, in the order they were opened. */
    list: (): readonly Episode[] =>
      [...closed, ...open.values()].toSorted((a, b) => order(a.openedAt, b.openedAt) || order(a.id, b.id)),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether an episode is over, still fails or warns, or is neither: nobody can say, or the finding exists no more. */
export type EpisodeState = 'closed' | 'open' | 'excepted' | 'undecided' | 'gone';

export function stateOfEpisode({ closedAt, outcome }: Episode): EpisodeState {
  if (closedAt !== undefined) return 'closed';
  if (outcome === 'gone' || outcome === 'excepted') return outcome;
  return isOpen(outcome) ? 'open' : 'undecided';
}
