import type { Finding } from '../../finding.ts';
import type { SubjectKind } from '../../inventory/subjects.ts';
import type { CheckReport, Report } from '../model.ts';

/** One result with the check it comes from and the kind of object it is about. */
export interface ReportedResult {
  readonly check: CheckReport;
  readonly finding: Finding;
  readonly kind: SubjectKind;
}

/** Every result of a report, in its order. A subject outside the scope counts as the cluster's. */
export function resultsOf({ checks, scope }: Report): readonly ReportedResult[] {
  const kinds = new Map(scope.subjects.map(({ id, kind }) => [id, kind]));
  return checks.flatMap((check) =>
    check.findings.map((finding) => ({ check, finding, kind: kinds.get(finding.subject) ?? 'cluster' })),
  );
}
