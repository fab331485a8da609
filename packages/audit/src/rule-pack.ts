import { canonicalJson } from './evidence/canonical-json.ts';
import { sha256 } from './evidence/hash.ts';
import type { RulePack } from './evidence/record.ts';
import type { AuditRules } from './rules.ts';

/**
 * Names the rules that gave a verdict: the version of the program, which names its code, and a hash over everything its
 * rules declare (ids, severities, default parameters, needs, texts, clauses). Pure.
 */
export const rulePackOf = ({ probes, checks, frameworks, attestations }: AuditRules, version: string): RulePack => ({
  version,
  sha256: sha256(
    canonicalJson({ probes: probes.map(declared), checks: checks.map(declared), frameworks, attestations }),
  ),
});

/** A unit without its functions. */
const declared = (unit: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(unit).filter(([, value]) => typeof value !== 'function'));
