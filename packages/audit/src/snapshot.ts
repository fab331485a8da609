import type { Observation } from './probe.ts';
import type { Subject } from './inventory/subjects.ts';

/** Everything one audit run saw of one cluster. Immutable; evaluation needs nothing else. */
export interface Snapshot {
  readonly formatVersion: 1;
  readonly runId: string;
  readonly cluster: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly tool: { readonly name: 'pgattest'; readonly version: string };
  readonly subjects: readonly Subject[];
  /** One entry per probe and subject that was tried. */
  readonly observations: readonly ObservationRecord[];
}

export interface ObservationRecord {
  readonly probe: string;
  readonly subject: string;
  readonly observation: Observation<unknown>;
}
