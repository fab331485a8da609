import type { Sight } from './sight.ts';

/** Questions about a sight; undefined = it is so, else what is not. Each names both sources it asks. */

/** Exactly this member is writable by SQL and the leader by Patroni. */
export function isOnlyPrimary(member: string): (sight: Sight) => string | undefined {
  return ({ writable, leaders }) => {
    if (writable.join() !== member) return `writable by SQL: ${writable.join(', ') || 'nobody'}`;
    if (leaders.join() !== member) return `leader by Patroni: ${leaders.join(', ') || 'nobody'}`;
    return undefined;
  };
}

/** Exactly one of these members is writable by SQL and the same one is the leader by Patroni. */
export function isOnePrimaryOf(members: readonly string[]): (sight: Sight) => string | undefined {
  return (sight) => {
    const [found] = sight.writable;
    if (found === undefined || !members.includes(found))
      return `writable by SQL: ${sight.writable.join(', ') || 'nobody'}`;
    return isOnlyPrimary(found)(sight);
  };
}

/** One of these members, and nobody else but perhaps the lost one, is writable and leads: the lost one cannot be seen. */
export function nobodyIsPrimary({ writable, leaders }: Sight): string | undefined {
  if (writable.length > 0) return `writable by SQL: ${writable.join(', ')}`;
  if (leaders.length > 0) return `leader by Patroni: ${leaders.join(', ')}`;
  return undefined;
}

/** The exporter of a member says that its PostgreSQL is down, or says nothing any more. */
export function isDown(member: string): (sight: Sight) => string | undefined {
  return (sight) => (sight.get(member).exporter?.isUp === true ? `the exporter sees ${member} up` : undefined);
}

/** The exporter of a member says that its PostgreSQL is up. */
export function isUp(member: string): (sight: Sight) => string | undefined {
  return (sight) => (sight.get(member).exporter?.isUp === true ? undefined : `the exporter does not see ${member} up`);
}

/** Patroni of a member does not answer. */
export function isUnguarded(member: string): (sight: Sight) => string | undefined {
  return (sight) => (sight.get(member).patroni === undefined ? undefined : `Patroni of ${member} answers`);
}

/** Patroni of every one of these members is in failsafe mode. */
export function isFailsafe(members: readonly string[]): (sight: Sight) => string | undefined {
  return (sight) => {
    const not = members.filter((name) => sight.get(name).patroni?.isFailsafeActive !== true);
    return not.length === 0 ? undefined : `not in failsafe mode: ${not.join(', ')}`;
  };
}

/** All of these hold. */
export function all(
  ...questions: readonly ((sight: Sight) => string | undefined)[]
): (sight: Sight) => string | undefined {
  return (sight) => questions.map((question) => question(sight)).find((missing) => missing !== undefined);
}
