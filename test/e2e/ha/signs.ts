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

/** Nobody is seen writable by SQL, and nobody as the leader by Patroni. */
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

/**
 * Patroni sees no primary on a member any more, or sees another start of its PostgreSQL than before: it may be up again
 * before anybody could look.
 */
export function hasFallen(member: string, before: Sight): (sight: Sight) => string | undefined {
  const known = before.get(member).patroni?.postmasterStart ?? 0;
  return (sight) => {
    const { patroni } = sight.get(member);
    if (patroni?.isPrimary !== true || patroni.postmasterStart > known) return undefined;
    return `Patroni sees ${member} up`;
  };
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

/*
 * What must not be seen, not even once, while nothing is supposed to happen. A member that does not answer in time
 * contradicts nothing.
 */

/** Somebody else is the primary, or this member is not. */
export function notReplaced(member: string): (sight: Sight) => string | undefined {
  return (sight) => {
    const others = [...sight.writable, ...sight.leaders].filter((name) => name !== member);
    if (others.length > 0) return `${others.join(', ')} as a primary beside ${member}`;
    const { exporter, patroni } = sight.get(member);
    if (exporter?.isUp === false || exporter?.isInRecovery === true) return `${member} is not writable`;
    return patroni?.isPrimary === false ? `${member} does not lead` : undefined;
  };
}

/** PostgreSQL of a member is down. */
export function notDown(member: string): (sight: Sight) => string | undefined {
  return (sight) => (sight.get(member).exporter?.isUp === false ? `${member} is down` : undefined);
}

/** A member is out of failsafe mode. */
export function notOutOfFailsafe(member: string): (sight: Sight) => string | undefined {
  return (sight) =>
    sight.get(member).patroni?.isFailsafeActive === false ? `${member} is out of failsafe mode` : undefined;
}

/** All of these hold. */
export function all(
  ...questions: readonly ((sight: Sight) => string | undefined)[]
): (sight: Sight) => string | undefined {
  return (sight) => questions.map((question) => question(sight)).find((missing) => missing !== undefined);
}
