import type { Observation } from '../probe.ts';

/** A member's fact that was read. */
export interface Seen<T> {
  readonly member: string;
  readonly value: T;
}

/** Facts of the members that answered, in the order the members were declared. */
export const seenMembers = <T>(facts: ReadonlyMap<string, Observation<T>>): readonly Seen<T>[] =>
  [...facts].flatMap(([member, observation]) =>
    observation.status === 'ok' ? [{ member, value: observation.value }] : [],
  );

/** Members whose fact could not be read. */
export const unseenMembers = (facts: ReadonlyMap<string, Observation<unknown>>): readonly string[] =>
  [...facts].flatMap(([member, observation]) => (observation.status === 'ok' ? [] : [member]));

/** The fact of one member, undefined when it could not be read. */
export function findSeen<T>(facts: ReadonlyMap<string, Observation<T>>, member: string): T | undefined {
  const observation = facts.get(member);
  return observation?.status === 'ok' ? observation.value : undefined;
}
