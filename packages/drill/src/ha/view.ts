import {
  createPatroniClient,
  type PatroniClient,
  type PatroniClusterMember,
  type PatroniMemberStatus,
  type PatroniTarget,
} from '@pgattest/connect';
import { DrillError, messageOf } from '../errors.ts';

/** What one member says of itself, or why it says nothing. */
export type MemberSight =
  | { readonly name: string; readonly status: PatroniMemberStatus; readonly failure?: never }
  | { readonly name: string; readonly failure: string; readonly status?: never };

/** Every member asked at the same moment. */
export interface ClusterSight {
  /** Milliseconds of the drill's clock, when the answers were in. */
  readonly atMs: number;
  readonly members: readonly MemberSight[];
}

/** The members of a cluster, each with a client of its own. */
export interface ClusterMembers {
  readonly names: readonly string[];
  readonly clientOf: (name: string) => PatroniClient;
  readonly targetOf: (name: string) => PatroniTarget;
}

/** The REST API of each member, from the list that one of them gives. Errors: unfinished. */
export function membersOf(
  listed: readonly PatroniClusterMember[],
  target: PatroniTarget,
  timeoutMs: number,
): ClusterMembers {
  const targets = new Map(
    listed.map(({ name, apiUrl }) => {
      if (apiUrl === undefined) throw new DrillError('unfinished', `Patroni does not say where the API of ${name} is`);
      return [name, { ...target, url: new URL(apiUrl).origin }] as const;
    }),
  );
  const targetOf = (name: string): PatroniTarget => {
    const found = targets.get(name);
    if (found === undefined) throw new DrillError('unfinished', `Patroni lists no member ${name}`);
    return found;
  };
  return {
    names: [...targets.keys()],
    targetOf,
    clientOf: (name) => createPatroniClient(targetOf(name), { timeoutMs }),
  };
}

/** Asks every member at once; one that does not answer is part of the answer. */
export async function lookAt(
  members: ClusterMembers,
  signal: AbortSignal,
  elapsedMs: () => number,
): Promise<ClusterSight> {
  const seen = await Promise.all(
    members.names.map(async (name): Promise<MemberSight> => {
      try {
        return { name, status: await members.clientOf(name).patroni(signal) };
      } catch (error) {
        signal.throwIfAborted();
        return { name, failure: messageOf(error) };
      }
    }),
  );
  return { atMs: elapsedMs(), members: seen };
}

/** Takes part as primary: says so itself, with its PostgreSQL up. */
export const isPrimary = ({ status }: MemberSight): boolean =>
  status !== undefined && status.role === 'primary' && status.state === 'running';

/** `pg-test-1 primary running (timeline 3), pg-test-2 no answer`: the state a drill leaves behind, in words. */
export function describeSight({ members }: ClusterSight): string {
  return members
    .map(({ name, status }) =>
      status === undefined
        ? `${name} no answer`
        : `${name} ${status.role} ${status.state}${status.timeline === undefined ? '' : ` (timeline ${status.timeline})`}`,
    )
    .join(', ');
}
