import type { FactMap } from '../facts.ts';
import {
  findAddress,
  findMaskedRange,
  inRange,
  loopbackRanges,
  type Address,
  type AddressRange,
} from './address-range.ts';
import type { IsMember } from './membership.ts';

export type HbaRule = FactMap['pg.hba']['rules'][number];

/** How a connection reaches the server. */
export type Transport = 'local' | 'plain' | 'ssl' | 'gss';

/** One connection attempt, as pg_hba.conf sees it. */
export interface HbaRequest {
  readonly transport: Transport;
  /** Undefined exactly for `local`. */
  readonly address: Address | undefined;
  /** Undefined asks for physical replication, which is no database. */
  readonly database: string | undefined;
  readonly user: string;
}

/** `maybe`: it depends on what the rule does not say, such as name resolution or the server's own addresses. */
export type Match = 'yes' | 'no' | 'maybe';

const transports: Readonly<Record<string, readonly Transport[]>> = {
  local: ['local'],
  host: ['plain', 'ssl', 'gss'],
  hostssl: ['ssl'],
  hostnossl: ['plain', 'gss'],
  hostgssenc: ['gss'],
  hostnogssenc: ['plain', 'ssl'],
};

/** Connection types the rule admits; a type we do not know may admit any. */
export const matchTransport = ({ type }: HbaRule, transport: Transport): Match => {
  const known = transports[type];
  return known === undefined ? 'maybe' : known.includes(transport) ? 'yes' : 'no';
};

/**
 * Addresses of a rule with an IP address; undefined for `all`, samehost, samenet, host names and odd masks. Facts do not
 * change, so a rule is read once: nine checks play it against every address that matters.
 */
export function findRuleRange(rule: HbaRule): AddressRange | undefined {
  const known = ranges.get(rule);
  if (known !== undefined) return known.range;
  const { address, netmask } = rule;
  const range = address === null || netmask === null ? undefined : findMaskedRange(address, netmask);
  ranges.set(rule, { range });
  return range;
}

const ranges = new WeakMap<HbaRule, { readonly range: AddressRange | undefined }>();

export function matchAddress(rule: HbaRule, address: Address | undefined): Match {
  if (rule.type === 'local' || address === undefined) return 'yes';
  if (rule.address === 'all') return 'yes';
  if (rule.address === 'samehost' || rule.address === 'samenet') {
    return loopbackRanges.some((range) => inRange(address, range)) ? 'yes' : 'maybe';
  }
  const range = findRuleRange(rule);
  if (range !== undefined) return inRange(address, range) ? 'yes' : 'no';
  const base = rule.address === null ? undefined : findAddress(rule.address);
  return base !== undefined && base.family !== address.family ? 'no' : 'maybe';
}

/** `all` leaves physical replication out; only the word replication admits it, and nothing else. */
export function matchDatabase(rule: HbaRule, database: string | undefined, user: string, isMember: IsMember): Match {
  if (database === undefined) return rule.databases.includes('replication') ? 'yes' : 'no';
  return best(
    rule.databases.map((word): Match => {
      if (word === 'all') return 'yes';
      if (word === 'replication') return 'no';
      if (word === 'sameuser') return yesIf(database === user);
      if (word === 'samerole' || word === 'samegroup') return yesIf(isMember(user, database));
      return matchWord(word, database);
    }),
  );
}

export function matchUser(rule: HbaRule, user: string, isMember: IsMember): Match {
  return best(
    rule.users.map((word): Match => {
      if (word === 'all') return 'yes';
      if (word.startsWith('+')) return yesIf(isMember(user, word.slice(1)));
      return matchWord(word, user);
    }),
  );
}

/** Whether the rule is about this connection, its place in the file aside. */
export const matchRule = (rule: HbaRule, request: HbaRequest, isMember: IsMember): Match =>
  worst([
    matchTransport(rule, request.transport),
    matchAddress(rule, request.address),
    matchDatabase(rule, request.database, request.user, isMember),
    matchUser(rule, request.user, isMember),
  ]);

/** Rules that may decide this connection, in order: each `maybe` on the way, and the first certain one. */
export function decidingRules(rules: readonly HbaRule[], request: HbaRequest, isMember: IsMember): readonly HbaRule[] {
  const deciding: HbaRule[] = [];
  for (const rule of rules) {
    const match = matchRule(rule, request, isMember);
    if (match !== 'no') deciding.push(rule);
    if (match === 'yes') break;
  }
  return deciding;
}

/** A name or, from version 16 on, `/expression`; PostgreSQL's dialect is close to ours, and what we cannot read may match. */
function matchWord(word: string, name: string): Match {
  if (!word.startsWith('/')) return yesIf(word === name);
  const expression = findExpression(word.slice(1));
  return expression === undefined ? 'maybe' : yesIf(expression.test(name));
}

/** Compiles a PostgreSQL regular expression; undefined when JavaScript does not understand it. */
export function findExpression(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
}

const yesIf = (holds: boolean): Match => (holds ? 'yes' : 'no');
const best = (matches: readonly Match[]): Match =>
  matches.includes('yes') ? 'yes' : matches.includes('maybe') ? 'maybe' : 'no';
/** All parts of a rule must match. */
export const worst = (matches: readonly Match[]): Match =>
  matches.includes('no') ? 'no' : matches.includes('maybe') ? 'maybe' : 'yes';
