import type { Finding } from '../finding.ts';
import type { Clause, ClauseOutcome, ClauseResult, Framework } from '../framework.ts';
import type { ClauseReport, DecidedBy, FrameworkReport, SectionReport } from './model.ts';
import { clauseOutcomes, countBy, worstOutcome } from './outcomes.ts';

/** One framework with every clause in its place. Throws when the roll-up left a clause out. */
export function buildFrameworkReport(
  framework: Framework,
  results: readonly ClauseResult[],
  findings: readonly Finding[],
  subjects: readonly string[],
): FrameworkReport {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const clauses = framework.clauses.map((clause) => {
    const result = results.find((entry) => entry.framework === framework.id && entry.clause === clause.id);
    if (result === undefined) throw new Error(`clause ${clause.id} of ${framework.id} has no result`);
    return buildClause(clause, result, byId, subjects);
  });
  const outcomes = countBy(
    clauseOutcomes,
    clauses.map(({ outcome }) => outcome),
  );
  const checks = new Set<string>(framework.clauses.flatMap((clause) => clause.checks));
  const applicable = findings.filter(({ check, outcome }) => checks.has(check) && outcome !== 'not_applicable');
  const decided = clauses.filter(({ outcome }) => isDecided(outcome));
  return {
    id: framework.id,
    title: framework.title,
    edition: framework.edition,
    headline: framework.headline,
    outcomes,
    conformity: { part: applicable.filter(({ outcome }) => outcome === 'pass').length, whole: applicable.length },
    coverage: { part: decided.length, whole: clauses.length - outcomes.not_applicable },
    confidence: { part: decided.filter(({ decidedBy }) => decidedBy === 'machine').length, whole: decided.length },
    sections: groupBySection(clauses),
  };
}

const isDecided = (outcome: ClauseOutcome): boolean => outcome !== 'not_assessed' && outcome !== 'not_applicable';

function buildClause(
  clause: Clause,
  result: ClauseResult,
  byId: ReadonlyMap<string, Finding>,
  subjects: readonly string[],
): ClauseReport {
  const findings = result.findings.flatMap((id) => byId.get(id) ?? []);
  // What it demands of parameters is for the roll-up, whose reason names what was too loose.
  const { requires: _, ...described } = clause;
  return {
    ...described,
    outcome: result.outcome,
    reason: result.reason,
    decidedBy: whoDecided(clause, result.outcome),
    findings: result.findings,
    cells: subjects.map((subject) => {
      const outcome = worstOutcome(
        findings.filter((finding) => finding.subject === subject).map((finding) => finding.outcome),
      );
      return outcome === undefined ? { subject } : { subject, outcome };
    }),
  };
}

/** A failure settles a clause whatever a person would add; anything better leaves the manual items open, or rests on persons too. */
function whoDecided(clause: Clause, outcome: ClauseOutcome): DecidedBy {
  if (clause.checks.length === 0) return 'person';
  if (outcome === 'not_assessed') return 'nobody';
  if (outcome === 'met' || outcome === 'met_in_part') return clause.manual.length === 0 ? 'machine' : 'machine_in_part';
  return 'machine';
}

function groupBySection(clauses: readonly ClauseReport[]): readonly SectionReport[] {
  const sections = new Map<string, ClauseReport[]>();
  for (const clause of clauses) {
    const known = sections.get(clause.section.en);
    if (known === undefined) sections.set(clause.section.en, [clause]);
    else known.push(clause);
  }
  return [...sections.values()].flatMap((members): readonly SectionReport[] => {
    const first = members[0];
    if (first === undefined) return [];
    return [
      {
        ...(first.chapter === undefined ? {} : { chapter: first.chapter }),
        section: first.section,
        outcomes: countBy(
          clauseOutcomes,
          members.map(({ outcome }) => outcome),
        ),
        clauses: members,
      },
    ];
  });
}
