import type { FactMap } from '../facts.ts';

/** Whether `member` is `group`, or belongs to it through any chain of grants. */
export type IsMember = (member: string, group: string) => boolean;

/** Follows the grants of a pg.roles fact, superusers too: being one makes nobody a member (as in pg_hba.conf). */
export function membershipOf({ memberships }: FactMap['pg.roles']): IsMember {
  const groupsOf = new Map<string, readonly string[]>();
  for (const { role, member } of memberships) groupsOf.set(member, [...(groupsOf.get(member) ?? []), role]);
  const closures = new Map<string, ReadonlySet<string>>();

  function closure(member: string): ReadonlySet<string> {
    const known = closures.get(member);
    if (known !== undefined) return known;
    const seen = new Set([member]);
    const queue = [member];
    for (const role of queue) {
      const next = (groupsOf.get(role) ?? []).filter((group) => !seen.has(group));
      for (const group of next) {
        seen.add(group);
        queue.push(group);
      }
    }
    closures.set(member, seen);
    return seen;
  }

  return (member, group) => closure(member).has(group);
}
