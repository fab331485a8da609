import type { Severity } from '../../check.ts';
import type { SubjectKind } from '../../inventory/subjects.ts';
import type { Outcome, Undecided } from '../../finding.ts';
import type { ClauseOutcome } from '../../framework.ts';
import type { DecidedBy, HighRiskState, WaiverReport } from '../model.ts';
import type { RemedyTool } from '../remedies.ts';

/**
 * Every word the report says by itself, in one language. Adding a key here breaks the build until both languages have
 * it. Evidence, ids, commands and setting names are data and never pass through here.
 */
export interface Messages {
  /** BCP 47 tag for `<html lang>`. */
  readonly tag: string;
  /** The other language, in its own words, and the label of the switch. */
  readonly otherLanguage: string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly clauseOutcome: Readonly<Record<ClauseOutcome, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly decidedBy: Readonly<Record<DecidedBy, string>>;
  readonly highRiskState: Readonly<Record<HighRiskState, string>>;
  readonly waiverState: Readonly<Record<WaiverReport['state'], string>>;
  readonly undecidedCode: Readonly<Record<Undecided['code'], string>>;
  readonly kind: Readonly<Record<SubjectKind, string>>;
  readonly role: { readonly primary: string; readonly replica: string; readonly unknown: string };
  readonly coverage: { readonly full: string; readonly partial: string; readonly none: string };

  readonly reportTitle: string;
  readonly skipToContent: string;
  readonly contents: string;
  readonly filter: string;
  readonly filterHint: string;
  readonly filterAll: string;
  readonly filterNone: string;
  readonly none: string;
  readonly notStated: string;
  readonly noBasis: string;
  readonly more: (count: number) => string;
  readonly listSeparator: string;
  readonly colon: string;

  readonly chapters: {
    readonly summary: string;
    readonly scope: string;
    readonly method: string;
    readonly findings: string;
    readonly waivers: string;
    readonly changes: string;
    readonly evidence: string;
    readonly glossary: string;
    readonly signatures: string;
  };

  readonly cover: {
    readonly cluster: string;
    readonly organisation: string;
    readonly system: string;
    readonly grade: string;
    readonly filingNumber: string;
    readonly classification: string;
    readonly owner: string;
    readonly requester: string;
    readonly operator: string;
    readonly reviewer: string;
    readonly approver: string;
    readonly run: string;
    readonly collected: string;
    readonly tool: string;
    readonly rules: string;
    readonly ruleCount: (checks: number, frameworks: number) => string;
    readonly digest: string;
    readonly merkleRoot: string;
    readonly pointInTime: string;
  };

  readonly verdict: {
    readonly failing: (fail: number, results: number) => string;
    readonly noneFailing: string;
    readonly highRisk: (count: number) => string;
    readonly undecided: (count: number) => string;
    readonly excepted: (count: number) => string;
    readonly nothingDecided: string;
  };

  readonly summary: {
    readonly results: string;
    readonly addsUp: (results: number, checks: number, subjects: number) => string;
    readonly frameworks: string;
    readonly conformity: string;
    readonly conformityBasis: string;
    readonly coverage: string;
    readonly coverageBasis: string;
    readonly confidence: string;
    readonly confidenceBasis: string;
    readonly exceptions: string;
    readonly exceptionsBasis: string;
    readonly clauses: string;
    readonly highRisk: string;
    readonly highRiskNote: string;
    readonly highRiskNone: string;
    readonly highRiskUndecided: (count: number) => string;
    readonly highRiskOpen: (count: number) => string;
    readonly situation: string;
    readonly shownBy: string;
    readonly mitigation: string;
    readonly mitigationState: string;
    readonly topActions: string;
    readonly topActionsNone: string;
    readonly heatMap: string;
    readonly heatMapNote: string;
    readonly controlPoint: string;
  };

  readonly scope: {
    readonly sentence: (cluster: string, instances: number) => string;
    readonly diagram: string;
    readonly noAnswer: string;
    readonly undeclared: string;
    readonly inventory: string;
    readonly object: string;
    readonly kind: string;
    readonly role: string;
    readonly version: string;
    readonly systemIdentifier: string;
    readonly connection: string;
    readonly observations: string;
    readonly observed: (ok: number, unavailable: number) => string;
    readonly reconciliation: string;
    readonly declared: string;
    readonly answering: string;
    readonly silent: string;
    readonly unseen: string;
    readonly undeclaredStandbys: string;
    readonly unlisted: string;
    readonly from: string;
    readonly differences: string;
    readonly notExamined: (kinds: readonly SubjectKind[]) => string;
  };

  readonly method: {
    readonly intro: string;
    readonly probe: string;
    readonly reads: string;
    readonly privilege: string;
    readonly ok: string;
    readonly unavailable: string;
    readonly limits: string;
    readonly limitsNote: string;
    readonly limitsNone: string;
    readonly reason: string;
    readonly at: string;
    readonly overrides: string;
    readonly overridesNone: string;
    readonly check: string;
    readonly parameter: string;
    readonly value: string;
    readonly usual: string;
  };

  readonly findings: {
    readonly intro: string;
    readonly why: string;
    readonly remediation: string;
    readonly fix: string;
    /** Label of the lines for a tool. */
    readonly tool: Readonly<Record<RemedyTool, string>>;
    readonly managed: string;
    readonly clauses: string;
    readonly noClause: string;
    readonly catalogue: string;
    readonly observed: string;
    readonly expected: string;
    readonly command: string;
    readonly prints: string;
    readonly printsEmpty: string;
    readonly truncated: (lines: number) => string;
    readonly file: string;
    readonly noEvidence: string;
    readonly parameters: string;
    readonly because: string;
    readonly waivedFrom: (outcome: Outcome, waiver: string) => string;
    readonly passed: (count: number) => string;
    readonly open: (count: number) => string;
    readonly at: string;
  };

  readonly framework: {
    readonly applicability: string;
    readonly applicabilityNote: string;
    readonly clause: string;
    readonly requirement: string;
    readonly judgement: string;
    readonly decidedBy: string;
    readonly checks: string;
    readonly manual: string;
    readonly aliases: string;
    readonly highRisk: string;
    readonly ownWords: string;
    readonly noPercentage: string;
  };

  readonly waivers: {
    readonly none: string;
    readonly id: string;
    readonly scope: string;
    readonly reason: string;
    readonly owner: string;
    readonly approval: string;
    readonly until: string;
    readonly state: string;
    readonly covers: string;
  };

  readonly changes: {
    readonly since: (runId: string) => string;
    readonly noPrevious: string;
    readonly appeared: string;
    readonly resolved: string;
    readonly lost: string;
    readonly remaining: string;
    readonly reopened: string;
    readonly firstSeen: string;
  };

  readonly evidence: {
    readonly intro: string;
    readonly merkleRoot: string;
    readonly record: string;
    readonly recordOf: (sequence: number, filedAt: string) => string;
    readonly previous: string;
    readonly first: string;
    readonly key: string;
    readonly notSigned: string;
    readonly noRecord: string;
    readonly verifyChain: string;
    readonly verify: string;
    readonly id: string;
    readonly file: string;
    readonly sha256: string;
    readonly size: string;
    readonly usedBy: string;
    readonly status: string;
    readonly ok: string;
    readonly unavailable: string;
  };

  readonly glossary: {
    readonly outcomes: string;
    readonly clauseOutcomes: string;
    readonly outcomeMeaning: Readonly<Record<Outcome, string>>;
    readonly clauseMeaning: Readonly<Record<ClauseOutcome, string>>;
    readonly numbers: string;
  };

  readonly signatures: { readonly note: string; readonly name: string; readonly date: string };

  readonly text: {
    readonly heading: (cluster: string) => string;
    readonly framework: string;
    readonly topFindings: string;
    readonly silent: (count: number, subjects: readonly string[]) => string;
    readonly noFindings: string;
    readonly highRisk: string;
    readonly evidence: string;
  };

  readonly service: {
    readonly title: string;
    readonly intro: string;
    readonly lastRun: string;
    readonly age: string;
    readonly nextRun: string;
    readonly duration: string;
    readonly running: string;
    readonly never: string;
    readonly failedRun: (at: string) => string;
    readonly unreachable: string;
    readonly failing: string;
    readonly nothingFailing: string;
    readonly report: string;
    readonly json: string;
    readonly metrics: string;
    readonly noClusters: string;
    readonly refreshed: (at: string) => string;
    readonly seconds: (count: number) => string;
    readonly minutes: (count: number) => string;
    readonly hours: (count: number) => string;
    readonly days: (count: number) => string;
    readonly overdue: string;
  };
}
