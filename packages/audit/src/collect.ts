import { createLoginMemory } from '@pgattest/connect';
import pLimit from 'p-limit';
import { createLivePace } from './collect/live-pace.ts';
import { collectSubject } from './collect/subject.ts';
import { deepFreeze } from './deep-freeze.ts';
import { kindOfTarget } from './inventory/component-target.ts';
import type { Inventory } from './inventory/discover.ts';
import type { AnyProbe } from './probe.ts';
import type { ObservationRecord, Snapshot } from './snapshot.ts';

/** Bounds of one collection. */
export interface CollectOptions {
  readonly probes: readonly AnyProbe[];
  /** Subjects looked at together. */
  readonly concurrency: number;
  readonly connectTimeoutMs: number;
  readonly probeTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** Longest time of the whole collection: what is not asked by then is unavailable. */
  readonly runTimeoutMs: number;
  /** At least this lies between the starts of two live probes of the cluster. */
  readonly livePauseMs: number;
  readonly runId: string;
  readonly tool: Snapshot['tool'];
  readonly now: () => Date;
  /** Ends the whole run: collect then rejects and keeps nothing. */
  readonly signal: AbortSignal;
  /** Told as each probe of a subject ends, for a progress display. */
  readonly onObservation?: (record: ObservationRecord) => void;
  /** Told before a live probe starts. */
  readonly onLive?: (live: LiveProbe) => void;
}

/** A live probe that was started: what it tries, and on what. */
export interface LiveProbe {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly probe: string;
  readonly subject: string;
  readonly does: string;
}

/** Observation of the cluster that lists the live probes in the order in which they were started. */
export const liveLogId = 'cluster.live-probes';

/**
 * Asks every subject with every probe of its kind, and freezes what was seen. A probe that fails costs that observation
 * only; a component that cannot be reached, or hangs, has all its observations unavailable, with the reason. Rejects
 * only when aborted.
 */
export async function collect(inventory: Inventory, options: CollectOptions): Promise<Snapshot> {
  const { now, signal } = options;
  const startedAt = now().toISOString();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new Error('the run used up its time')), options.runTimeoutMs);
  const limit = pLimit(options.concurrency);
  const live: LiveProbe[] = [];
  const subjectOptions = {
    connectTimeoutMs: options.connectTimeoutMs,
    probeTimeoutMs: options.probeTimeoutMs,
    lockTimeoutMs: options.lockTimeoutMs,
    logins: createLoginMemory(),
    now,
    signal,
    runDeadline: deadline.signal,
    pace: createLivePace(options.livePauseMs, AbortSignal.any([signal, deadline.signal])),
    onRecord: (record: ObservationRecord) => options.onObservation?.(record),
    onLive: ({ id, live: does = '' }: AnyProbe, subject: string) => {
      const started = { at: now().toISOString(), probe: id, subject, does };
      live.push(started);
      options.onLive?.(started);
    },
  };
  try {
    const records = await Promise.all(
      inventory.targets.map(async (target) => {
        const probes = options.probes.filter(({ subject }) => subject === kindOfTarget(target));
        return probes.length === 0 ? [] : limit(() => collectSubject(target, probes, subjectOptions));
      }),
    );
    signal.throwIfAborted();
    const log: readonly ObservationRecord[] =
      live.length === 0
        ? []
        : [
            {
              probe: liveLogId,
              subject: inventory.cluster,
              observation: { status: 'ok', at: now().toISOString(), value: live },
            },
          ];
    return deepFreeze({
      formatVersion: 1,
      runId: options.runId,
      cluster: inventory.cluster,
      startedAt,
      finishedAt: now().toISOString(),
      tool: options.tool,
      subjects: inventory.subjects,
      observations: [...records.flat(), ...log].toSorted((a, b) => (fileOrder(a) < fileOrder(b) ? -1 : 1)),
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The order in which evidence reads back, so that a live run and its evidence render alike. */
const fileOrder = ({ probe, subject }: ObservationRecord): string => `${probe}/${subject}.json`;

/** Observations that a collection of this inventory will make, for a progress display. */
export const countObservations = ({ targets }: Inventory, probes: readonly AnyProbe[]): number =>
  targets.reduce((sum, target) => sum + probes.filter(({ subject }) => subject === kindOfTarget(target)).length, 0);
