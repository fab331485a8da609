import type { Report } from './model.ts';

/**
 * Throws when a number printed on the cover is not the sum of what the chapters list, when a result names evidence that
 * is not in the manifest, or when a clause rests on a result that is not in the report.
 */
export function assertReportAddsUp(report: Report): void {
  const findings = report.checks.flatMap((check) => check.findings);
  const ids = new Set(findings.map(({ id }) => id));
  const files = new Map(report.evidence.files.map(({ path, sha256 }) => [path, sha256]));

  same('results', report.totals.results, findings.length);
  same('result ids', ids.size, findings.length);
  same('outcomes', sum(report.totals.outcomes), report.totals.results);
  for (const [outcome, count] of Object.entries(report.totals.outcomes)) {
    same(`results with outcome ${outcome}`, count, findings.filter((finding) => finding.outcome === outcome).length);
  }
  same('failing results by severity', sum(report.totals.failing), report.totals.outcomes.fail);
  same('evidence files', report.totals.evidenceFiles, report.evidence.files.length);
  same('high-risk cases', report.totals.highRisk, report.highRisk.filter(({ state }) => state === 'triggered').length);

  for (const framework of report.frameworks) {
    const clauses = framework.sections.flatMap((section) => section.clauses);
    same(`clauses of ${framework.id}`, sum(framework.outcomes), clauses.length);
    same(`clause ids of ${framework.id}`, new Set(clauses.map(({ id }) => id)).size, clauses.length);
    for (const [outcome, count] of Object.entries(framework.outcomes)) {
      same(
        `${outcome} clauses of ${framework.id}`,
        count,
        clauses.filter((clause) => clause.outcome === outcome).length,
      );
    }
    const unknown = clauses.flatMap((clause) => clause.findings.filter((id) => !ids.has(id)));
    if (unknown[0] !== undefined) throw new Error(`${framework.id} rests on ${unknown[0]}, which is not in the report`);
  }
  for (const { id, evidence } of findings) {
    for (const { file, sha256 } of evidence) {
      if (files.get(file) !== sha256)
        throw new Error(`evidence ${file} of ${id} is not in the manifest as it is cited`);
    }
  }
}

function same(what: string, printed: number, counted: number): void {
  if (printed !== counted) throw new Error(`the report prints ${printed} ${what}, its chapters list ${counted}`);
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
