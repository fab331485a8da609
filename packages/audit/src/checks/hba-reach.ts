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
 * apart are played once, so the answer is complete and the work follows the rules that concern each user. `ranges` are
 * further networks that the caller tells apart (loopback always is).
 */
export function playRules(
  rules: readonly HbaRule[],
  principals: Principals,
  ranges: readonly AddressRange[] = [],
): readonly Decision[] {
  return groupPairs(rules, principals).flatMap(({ users, databases, candidates }) => {
    const points = representatives([
      ...candidates.flatMap(({ rule }) => findRuleRange(rule) ?? []),
      ...loopbackRanges,
      ...ranges,
    ]);
    const places = [
      { transport: 'local' as const, address: undefined },
      ...remoteTransports.flatMap((transport) => points.map((address) => ({ transport, address }))),
    ];
    return places.map(({ transport, address }) => ({
      users,
      databases,
      transport,
      address,
      rules: firstMatches(candidates, (rule) => worst([matchTransport(rule, transport), matchAddress(rule, address)])),
    }));
  });
}

const remoteTransports = ['plain', 'ssl', 'gss'] as const satisfies readonly Transport[];

/** A rule that is, or may be, about a user, or a user and a database. */
interface Candidate {
  readonly rule: HbaRule;
  readonly match: Match;
}

interface PairGroup {
  readonly users: readonly string[];
  readonly databases: readonly (string | undefined)[];
  readonly candidates: readonly Candidate[];
}

/** User and database pairs, put together where every rule answers the same. */
function groupPairs(rules: readonly HbaRule[], { users, databases, isMember }: Principals): readonly PairGroup[] {
  const names: readonly (string | undefined)[] = [...databases, undefined];
  return groupBy(users, (user) => rules.map((rule) => matchUser(rule, user, isMember))).flatMap((byUser) => {
    const concerned = candidatesOf(rules, byUser.matches);
    const databaseMatches = (database: string | undefined, user: string): readonly Match[] =>
      concerned.map(({ rule }) => matchDatabase(rule, database, user, isMember));
    // Only these words tell two users apart that every rule's user field treats alike.
    const alike = concerned.some(({ rule }) => rule.databases.some((word) => /^same(user|role|group)$/u.test(word)))
      ? groupBy(byUser.members, (user) => names.flatMap((name) => databaseMatches(name, user)))
      : [byUser];
    return alike.flatMap(({ members }) => {
      const [user = ''] = members;
      return groupBy(names, (name) => databaseMatches(name, user)).map((group) => ({
        users: members,
        databases: group.members,
        candidates: candidatesOf(
          concerned.map(({ rule }) => rule),
          group.matches.map((match, index) => worst([match, concerned[index]?.match ?? 'no'])),
        ),
      }));
    });
  });
}

const candidatesOf = (rules: readonly HbaRule[], matches: readonly Match[]): readonly Candidate[] =>
  rules.flatMap((rule, index) => {
    const match = matches[index] ?? 'no';
    return match === 'no' ? [] : [{ rule, match }];
  });

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

function firstMatches(candidates: readonly Candidate[], matchOf: (rule: HbaRule) => Match): readonly HbaRule[] {
  const found: HbaRule[] = [];
  for (const { rule, match } of candidates) {
    const whole = worst([match, matchOf(rule)]);
    if (whole !== 'no') found.push(rule);
    if (whole === 'yes') break;
  }
  return found;
}

/** Rules that decide at least one connection today. The others are dead: shadowed, or about nobody. */
export const liveRules = (decisions: readonly Decision[]): ReadonlySet<HbaRule> =>
  new Set(decisions.flatMap(({ rules }) => rules));
