import { describeAttestation } from './attestation.ts';
import type { RuleDescription } from './check.ts';
import type { Rules } from './assess.ts';
import { waiverRules } from './waivers.ts';

/** Every rule that a finding may name: checks, attestations, and what the engine says about exceptions. */
export const describeRules = ({
  checks,
  attestations,
}: Pick<Rules, 'checks' | 'attestations'>): readonly (RuleDescription & { readonly params?: object })[] => [
  ...checks,
  ...attestations.map((unit) => ({ ...describeAttestation(unit), params: { validDays: unit.validDays } })),
  ...waiverRules,
];
