import { inRange, loopbackRanges, prefixLength } from './address-range.ts';
import { findRuleRange, type HbaRule } from './hba-match.ts';

/** Shortest prefixes that still count as a network somebody chose, by address family. */
export interface BroadPrefixes {
  readonly broadestIpv4Prefix: number;
  readonly broadestIpv6Prefix: number;
}

/**
 * Where a rule lets connections come from. `machine`: the server itself. `any`: everywhere, or half of everywhere.
 * `broad`: a network larger than the limits, or whatever the server's interfaces reach. `named`: narrower than that.
 */
export function sourceOf(rule: HbaRule, limits: BroadPrefixes): 'machine' | 'named' | 'broad' | 'any' {
  if (rule.type === 'local' || rule.address === 'samehost') return 'machine';
  if (rule.address === 'all') return 'any';
  if (rule.address === 'samenet') return 'broad';
  const range = findRuleRange(rule);
  // A host name is one machine, a name with a leading dot a whole domain.
  if (range === undefined) return rule.address?.startsWith('.') === true ? 'broad' : 'named';
  const inside = loopbackRanges.some((loopback) =>
    [range.first, range.last].every((value) => inRange({ family: range.family, value }, loopback)),
  );
  if (inside) return 'machine';
  const length = prefixLength(range);
  if (length <= (range.family === 4 ? 4 : 3)) return 'any';
  return length < (range.family === 4 ? limits.broadestIpv4Prefix : limits.broadestIpv6Prefix) ? 'broad' : 'named';
}
