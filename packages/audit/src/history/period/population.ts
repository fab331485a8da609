import type { SubjectKind } from '../../inventory/subjects.ts';
import { dayOf } from './days.ts';

/** Objects of one run, as its evidence lists them; undefined when that cannot be read. */
export interface RunObjects {
  readonly runId: string;
  readonly at: string;
  readonly objects:
    readonly { readonly id: string; readonly kind: SubjectKind; readonly hasAnswered: boolean }[] | undefined;
}

/** `silent`: in scope, and nothing of it could be observed. `unknown`: no run of the day has evidence that can be read. */
export type Presence = 'in_scope' | 'silent' | 'absent' | 'unknown' | 'no_run';

/** One object through the period. */
export interface PopulationObject {
  readonly id: string;
  readonly kind: SubjectKind;
  /** A state for each day of the period. */
  readonly days: readonly Presence[];
  /** Runs with readable evidence that had it in scope, and those of them in which it answered. */
  readonly runs: number;
  readonly answered: number;
  /** When it came into scope and when it was found gone, against the run before. Absent: it was there throughout. */
  readonly moves: readonly { readonly kind: 'joined' | 'left'; readonly at: string; readonly runId: string }[];
}

/**
 * Which objects were in scope when. `before` is the last run ahead of the period: without it the first run of the period
 * is where knowledge begins, and nothing joined with it. Pure.
 */
export function populationOf(
  days: readonly string[],
  before: RunObjects | undefined,
  runs: readonly RunObjects[],
): readonly PopulationObject[] {
  const readable = runs.filter(({ objects }) => objects !== undefined);
  const kinds = new Map(readable.flatMap(({ objects = [] }) => objects.map(({ id, kind }) => [id, kind] as const)));
  for (const { id, kind } of before?.objects ?? []) if (!kinds.has(id)) kinds.set(id, kind);
  return [...kinds]
    .map(([id, kind]) => follow(id, kind, days, before, runs))
    .filter(({ runs: count, moves }) => count > 0 || moves.length > 0)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function follow(
  id: string,
  kind: SubjectKind,
  days: readonly string[],
  before: RunObjects | undefined,
  runs: readonly RunObjects[],
): PopulationObject {
  const find = ({ objects }: RunObjects) => objects?.find((object) => object.id === id);
  const moves: PopulationObject['moves'][number][] = [];
  let wasThere = before?.objects === undefined ? undefined : find(before) !== undefined;
  for (const run of runs) {
    if (run.objects === undefined) continue;
    const isThere = find(run) !== undefined;
    if (wasThere !== undefined && isThere !== wasThere) {
      moves.push({ kind: isThere ? 'joined' : 'left', at: run.at, runId: run.runId });
    }
    wasThere = isThere;
  }
  const seen = runs.filter((run) => find(run) !== undefined);
  const byDay = new Map<string, RunObjects[]>();
  for (const run of runs) byDay.set(dayOf(run.at), [...(byDay.get(dayOf(run.at)) ?? []), run]);
  return {
    id,
    kind,
    days: days.map((day) => presenceOf(byDay.get(day) ?? [], find)),
    runs: seen.length,
    answered: seen.filter((run) => find(run)?.hasAnswered === true).length,
    moves,
  };
}

function presenceOf(
  runs: readonly RunObjects[],
  find: (run: RunObjects) => { readonly hasAnswered: boolean } | undefined,
): Presence {
  if (runs.length === 0) return 'no_run';
  const readable = runs.filter(({ objects }) => objects !== undefined);
  if (readable.length === 0) return 'unknown';
  const found = readable.flatMap((run) => find(run) ?? []);
  if (found.length === 0) return 'absent';
  return found.some(({ hasAnswered }) => hasAnswered) ? 'in_scope' : 'silent';
}
