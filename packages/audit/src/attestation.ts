import type { RuleDescription, Severity } from './check.ts';
import type { Text } from './text.ts';

/** Something no program can see, which a person confirms with a document: data only. Frameworks name it where it counts. */
export interface AttestationUnit<Id extends string = string> {
  /** `gov-incident-plan`. Equals the file name. */
  readonly id: Id;
  /** Ids of the research catalogue that it answers: `GOV-003`. */
  readonly catalogue: readonly string[];
  readonly title: Text;
  readonly severity: Severity;
  /** What the signer confirms, as a sentence. */
  readonly statement: Text;
  /** What document shows it. */
  readonly document: Text;
  /** Longest time one signature may stand. */
  readonly validDays: number;
}

export const defineAttestation = <const Id extends string>(unit: AttestationUnit<Id>): AttestationUnit<Id> =>
  Object.freeze(unit);

/** An attestation as the rules of the engine are described to a reader. */
export const describeAttestation = (unit: AttestationUnit): RuleDescription => ({
  id: unit.id,
  catalogue: unit.catalogue,
  title: unit.title,
  severity: unit.severity,
  rationale: {
    en: `No program can see it; a person confirms: ${unit.statement.en}`,
    zh: `程序无法判断，须由人员确认：${unit.statement.zh}`,
  },
  remediation: {
    en: `${unit.document.en} A signature stands for at most ${unit.validDays} days.`,
    zh: `${unit.document.zh}签署有效期最长 ${unit.validDays} 天。`,
  },
  fix: [`pgattest audit attest ${unit.id} --cluster {cluster} --signer {name} --file {document}`],
});
