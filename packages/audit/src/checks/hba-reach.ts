import type { FactMap } from '../facts.ts';
import { loopbackRanges, representatives, type Address, type AddressRange } from './address-range.ts';
import {
  findRuleRange,
  matchAddress,
  matchDatabase,
  matchTransport,
  matchUser,
  worst,
  type HbaRule,
  type Match,
  type Transport,
} from './hba-match.ts';
import { membershipOf, type IsMember } from './membership.ts';

/** Who may ask for what: login roles, databases that take connections, and their memberships. */
export interface Principals {
  readonly users: readonly string[];
  readonly databases: readonly string[];
  readonly isMember: IsMember;
}

/** A set of connections that every rule treats alike, and the rules that may decide them, in order. */
export interface Decision {
  readonly users: readonly string[];
  /** Undefined is physical replication. */
  readonly databases: readonly (string | undefined)[];
  readonly transport: Transport;
  /** One address of the set; undefined for local. */
  readonly address: Address | undefined;
  readonly rules: readonly HbaRule[];
}

/** Who exists on the instance. Names in rules that do not exist admit nobody. */
export const principalsOf = (roles: FactMap['pg.roles'], databases: FactMap['pg.databases']): Principals => ({
  users: roles.roles.flatMap((role) => (role.canLogin ? [role.name] : [])),
  databases: databases.all.flatMap((database) => (database.allowsConnections ? [database.name] : [])),
  isMember: membershipOf(roles),
});

/**
 * Plays every connection that can be asked for through the rules, first match wins. Connections that no rule can tell
 * apart are played once, so the answer is complete and the work stays small. `ranges` are further networks that the
 * caller tells apart (loopback always is).
 */
export function playRules(
  rules: readonly HbaRule[],
  principals: Principals,
  ranges: readonly AddressRange[] = [],
): readonly Decision[] {
  const points = representatives([...rules.flatMap((rule) => findRuleRange(rule) ?? []), ...loopbackRanges, ...ranges]);
  const places = [
    { transport: 'local' as const, address: undefined },
    ...remoteTransports.flatMap((transport) => points.map((address) => ({ transport, address }))),
  ].map((place) => ({
    ...place,
    matches: rules.map((rule) => worst([matchTransport(rule, place.transport), matchAddress(rule, place.address)])),
  }));
  return groupPairs(rules, principals).flatMap(({ users, databases, matches: pair }) =>
    places.map(({ transport, address, matches: place }) => ({
      users,
      databases,
      transport,
      address,
      rules: firstMatches(rules, (index) => worst([place[index] ?? 'no', pair[index] ?? 'no'])),
    })),
  );
}

const remoteTransports = ['plain', 'ssl', 'gss'] as const satisfies readonly Transport[];

interface PairGroup {
  readonly users: readonly string[];
  readonly databases: readonly (string | undefined)[];
  readonly matches: readonly Match[];
}

/** User and database pairs, put together where every rule answers the same. */
function groupPairs(rules: readonly HbaRule[], { users, databases, isMember }: Principals): readonly PairGroup[] {
  const names: readonly (string | undefined)[] = [...databases, undefined];
  // Only these words tell two users apart that every rule's user field treats alike.
  const perUser = rules.some((rule) => rule.databases.some((word) => /^same(user|role|group)$/u.test(word)));
  return groupBy(users, (user) => rules.map((rule) => matchUser(rule, user, isMember))).flatMap((byUser) => {
    const alike = perUser
      ? groupBy(byUser.members, (user) => names.flatMap((name) => databaseMatches(rules, name, user, isMember)))
      : [byUser];
    return alike.flatMap(({ members }) => {
      const [user = ''] = members;
      return groupBy(names, (name) => databaseMatches(rules, name, user, isMember)).map((group) => ({
        users: members,
        databases: group.members,
        matches: group.matches.map((match, index) => worst([match, byUser.matches[index] ?? 'no'])),
      }));
    });
  });
}

const databaseMatches = (
  rules: readonly HbaRule[],
  database: string | undefined,
  user: string,
  isMember: IsMember,
): readonly Match[] => rules.map((rule) => matchDatabase(rule, database, user, isMember));

function groupBy<T>(
  items: readonly T[],
  matchesOf: (item: T) => readonly Match[],
): readonly { readonly members: readonly T[]; readonly matches: readonly Match[] }[] {
  const groups = new Map<string, { readonly members: T[]; readonly matches: readonly Match[] }>();
  for (const item of items) {
    const matches = matchesOf(item);
    const key = matches.join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { members: [item], matches });
    else group.members.push(item);
  }
  return [...groups.values()];
}

function firstMatches(rules: readonly HbaRule[], matchOf: (index: number) => Match): readonly HbaRule[] {
  const found: HbaRule[] = [];
  for (const [index, rule] of rules.entries()) {
    const match = matchOf(index);
    if (match !== 'no') found.push(rule);
    if (match === 'yes') break;
  }
  return found;
}

/** Rules that decide at least one connection today. The others are dead: shadowed, or about nobody. */
export const liveRules = (decisions: readonly Decision[]): ReadonlySet<HbaRule> =>
  new Set(decisions.flatMap(({ rules }) => rules));
