import { canonicalJson } from './evidence/canonical-json.ts';
import { sha256 } from './evidence/hash.ts';
import type { RulePack } from './evidence/record.ts';
import type { AuditRules } from './rules.ts';

/**
 * Names the rules that gave a verdict: the version of the program, which names its code, and a hash over everything its
 * rules declare (ids, severities, default parameters, needs, texts, clauses). Rules are frozen, so that the hash of what
 * was asked for before still holds: every run of a fleet asks.
 */
export function rulePackOf(rules: AuditRules, version: string): RulePack {
  const hash = known.get(rules) ?? hashOf(rules);
  known.set(rules, hash);
  return { version, sha256: hash };
}

const known = new WeakMap<AuditRules, string>();

const hashOf = ({ probes, checks, frameworks, attestations }: AuditRules): string =>
  sha256(canonicalJson({ probes: probes.map(declared), checks: checks.map(declared), frameworks, attestations }));

/** A unit without its functions. */
const declared = (unit: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(unit).filter(([, value]) => typeof value !== 'function'));
