import { isPrimary, type ClusterSight } from './view.ts';

/** When each thing was first seen, in milliseconds of the drill's clock. */
export interface Milestones {
  /** The old primary no longer says that it is one. */
  readonly detectedMs?: number;
  /** Another member holds the leader lock, or says that it is primary. */
  readonly electedMs?: number;
  /** Another member is a running primary on a later timeline. */
  readonly promotedMs?: number;
  readonly newPrimary?: string;
  readonly newTimeline?: number;
  /** The last position the old primary told, in bytes. */
  readonly lastOldLocation?: number;
  /** Sights in a row with two running primaries. */
  readonly twoPrimaries: number;
  /** Sights in a row in which a member that has no part in the change did not answer, by name. */
  readonly silent: Readonly<Record<string, number>>;
}

/** Before anything was seen. */
export const noMilestones: Milestones = { twoPrimaries: 0, silent: {} };

/** What is known after one more sight. `leader` is who holds the lock, as far as anybody says. */
export function observe(
  known: Milestones,
  sight: ClusterSight,
  before: { readonly primary: string; readonly timeline: number },
  leader: string | undefined,
): Milestones {
  const old = sight.members.find(({ name }) => name === before.primary);
  const primaries = sight.members.filter(isPrimary);
  const other = primaries.find(
    ({ name, status }) => name !== before.primary && (status?.timeline ?? 0) > before.timeline,
  );
  const location = old !== undefined && isPrimary(old) ? old.status?.xlog.location : undefined;
  const isElected = (leader !== undefined && leader !== before.primary) || other !== undefined;
  return {
    ...known,
    ...(known.detectedMs === undefined && (old === undefined || !isPrimary(old)) ? { detectedMs: sight.atMs } : {}),
    ...(known.electedMs === undefined && isElected ? { electedMs: sight.atMs } : {}),
    ...(known.promotedMs === undefined && other !== undefined
      ? {
          promotedMs: sight.atMs,
          newPrimary: other.name,
          ...(other.status?.timeline === undefined ? {} : { newTimeline: other.status.timeline }),
        }
      : {}),
    ...(location !== undefined && other === undefined ? { lastOldLocation: location } : {}),
    twoPrimaries: primaries.length > 1 ? known.twoPrimaries + 1 : 0,
    silent: Object.fromEntries(
      sight.members
        .filter(({ name, status }) => name !== before.primary && status === undefined)
        .map(({ name }) => [name, (known.silent[name] ?? 0) + 1] as const),
    ),
  };
}

/** Sights in a row before something counts as more than a moment. */
const patience = { twoPrimaries: 4, silent: 15 } as const;

/** Why the drill must stop now: two primaries, or a second member lost. */
export function findAbort(
  known: Milestones,
): { readonly code: 'split_brain' | 'second_failure'; readonly why: string } | undefined {
  if (known.twoPrimaries >= patience.twoPrimaries) {
    return { code: 'split_brain', why: 'two members say that they are running primaries' };
  }
  const lost = Object.entries(known.silent).find(([, count]) => count >= patience.silent);
  return lost === undefined ? undefined : { code: 'second_failure', why: `${lost[0]} does not answer either` };
}
