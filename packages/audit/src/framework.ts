import type { AttestationId } from './attestations/index.ts';
import type { CheckId } from './checks/index.ts';
import type { Text } from './text.ts';

/** Something a person must add, or confirm. */
export interface ManualItem extends Text {
  /** Attestations that settle it together. Absent: only the assessor does. */
  readonly by?: readonly AttestationId[];
}

/**
 * A bound the clause sets for a parameter of one of its checks. A looser configured value makes the clause not met,
 * whatever the check then says.
 */
export interface Demand {
  readonly check: CheckId;
  /** A numeric parameter of that check. */
  readonly param: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Clause {
  /** As printed in the standard: `8.1.4.1 a)`, `CC6.1`. */
  readonly id: string;
  /** GB/T 28448 unit, where the framework has them: `L3-CES1-01`. */
  readonly unit?: string;
  /** Chapter of the standard, for frameworks that have one above the heading: `8.1.4 安全计算环境`. */
  readonly chapter?: Text;
  /** Heading it stands under: `8.1.4.1 身份鉴别`. */
  readonly section: Text;
  /** Our own short wording, never the standard's sentence. */
  readonly title: Text;
  /** How much of the clause a machine can settle with the checks built so far. */
  readonly coverage: 'full' | 'partial' | 'none';
  readonly checks: readonly CheckId[];
  /** What a person must add, or confirm. */
  readonly manual: readonly ManualItem[];
  /** Names other tools or documents give this clause by mistake: `seed: CC6.6 Transmission Encryption`. */
  readonly aliases?: readonly string[];
  /** Bounds for parameters of its checks, where the standard, the law or the guidance behind it gives a number. */
  readonly requires?: readonly Demand[];
  /** Keys of `Framework.highRisk` that a failure here may trigger: `6.4.1.1`. */
  readonly highRisk?: readonly string[];
}

/** A situation national guidance calls high risk. Whether a mitigation counts stays the assessor's decision. */
export interface HighRiskCase {
  readonly key: string;
  readonly title: Text;
  /** A failure of any of these shows the situation. Empty: no check built so far can show it. */
  readonly triggers: readonly CheckId[];
  /** What the guidance accepts as lowering the risk, in our words. */
  readonly mitigation: Text;
  /** Checks whose pass supports the mitigation. */
  readonly mitigatedBy: readonly CheckId[];
}

export interface Framework {
  readonly id: string;
  readonly title: Text;
  readonly edition: string;
  /**
   * How its conclusion is worded: `rates` prints conformity, coverage and confidence; `exceptions` prints coverage and
   * the exceptions, never a conformity percentage (SOC 2 auditors conclude per control, not by score).
   */
  readonly headline: 'rates' | 'exceptions';
  /** Whether a run reports it without being asked; yes when left out. */
  readonly byDefault?: boolean;
  readonly clauses: readonly Clause[];
  readonly highRisk?: readonly HighRiskCase[];
}

export const defineFramework = (framework: Framework): Framework => Object.freeze(framework);

/** State of one clause, rolled up from the findings of its checks (architecture 4.2). */
export type ClauseOutcome = 'met' | 'met_in_part' | 'not_met' | 'not_assessed' | 'not_applicable' | 'accepted_risk';

export interface ClauseResult {
  readonly framework: string;
  readonly clause: string;
  readonly outcome: ClauseOutcome;
  /** Why, in words: which checks decided it, or that no check exists yet. */
  readonly reason: Text;
  /** Finding ids the outcome rests on. */
  readonly findings: readonly string[];
}
