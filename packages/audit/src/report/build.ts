import { canonicalJson } from '../evidence/canonical-json.ts';
import type { Finding } from '../finding.ts';
import type { Waiver } from '../waivers.ts';
import { assertReportAddsUp } from './adds-up.ts';
import { buildFrameworkReport } from './framework-report.ts';
import { buildHighRisk } from './high-risk-report.ts';
import type { ReportInput } from './input.ts';
import type { Changes, CheckReport, Method, Report, WaiverReport } from './model.ts';
import {
  byText,
  countBy,
  outcomeRank,
  outcomesWorstFirst,
  severitiesWorstFirst,
  severityRank,
  worstOutcome,
} from './outcomes.ts';
import { buildScope } from './scope.ts';

/**
 * Builds the report of one run. Pure: equal input, equal report.
 * Errors: throws when the parts do not fit together (a finding of an unknown check, a clause without a result, evidence
 * that is not in the manifest), which is a bug of the caller and never a state of the audited system.
 */
export function buildReport(input: ReportInput): Report {
  const { snapshot, manifest, findings, frameworks } = input;
  const scope = buildScope(snapshot);
  const subjects = scope.subjects.map(({ id }) => id);
  const highRisk = buildHighRisk(frameworks, findings);
  const checks = buildChecks(input);
  const uses = countUses(findings);
  const report: Report = {
    schemaVersion: 1,
    id: `${snapshot.cluster}/${snapshot.runId}`,
    cluster: snapshot.cluster,
    runId: snapshot.runId,
    startedAt: snapshot.startedAt,
    finishedAt: snapshot.finishedAt,
    tool: snapshot.tool,
    header: input.header,
    scope,
    method: buildMethod(input),
    totals: {
      results: findings.length,
      checks: checks.length,
      outcomes: countBy(
        outcomesWorstFirst,
        findings.map(({ outcome }) => outcome),
      ),
      failing: countBy(
        severitiesWorstFirst,
        findings.filter(({ outcome }) => outcome === 'fail').map(({ severity }) => severity),
      ),
      highRisk: highRisk.filter(({ state }) => state === 'triggered').length,
      evidenceFiles: manifest.files.length,
    },
    highRisk,
    checks,
    frameworks: frameworks.map((framework) => buildFrameworkReport(framework, input.clauseResults, findings, subjects)),
    waivers: input.waivers.map((waiver) => buildWaiver(waiver, findings)),
    evidence: {
      digest: manifest.digest,
      ...(manifest.merkleRoot === undefined ? {} : { merkleRoot: manifest.merkleRoot }),
      files: manifest.files.map((file, index) => ({
        ...file,
        id: `E-${String(index + 1).padStart(3, '0')}`,
        usedBy: uses.get(file.path) ?? 0,
      })),
    },
    ...(input.previous === undefined ? {} : { changes: buildChanges(input.previous, findings) }),
  };
  assertReportAddsUp(report);
  return report;
}

/** Findings grouped by check; within a check by outcome, then subject. */
function buildChecks({ checks, findings, frameworks, snapshot }: ReportInput): readonly CheckReport[] {
  const rules = new Map(checks.map((check) => [check.id, check]));
  const subjectOrder = new Map(snapshot.subjects.map(({ id }, index) => [id, index]));
  const grouped = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = grouped.get(finding.check);
    if (known === undefined) grouped.set(finding.check, [finding]);
    else known.push(finding);
  }
  const reports = [...grouped].map(([id, members]): CheckReport => {
    const rule = rules.get(id);
    const worst = worstOutcome(members.map(({ outcome }) => outcome));
    if (rule === undefined || worst === undefined) throw new Error(`findings name check ${id}, which is not given`);
    return {
      id,
      catalogue: rule.catalogue,
      title: rule.title,
      severity: rule.severity,
      rationale: rule.rationale,
      remediation: rule.remediation,
      fix: rule.fix,
      clauses: frameworks.flatMap((framework) =>
        framework.clauses
          .filter((clause) => clause.checks.some((check) => check === id))
          .map((clause) => ({ framework: framework.id, clause: clause.id })),
      ),
      worst,
      findings: members.toSorted(
        (a, b) =>
          outcomeRank(a.outcome) - outcomeRank(b.outcome) ||
          (subjectOrder.get(a.subject) ?? 0) - (subjectOrder.get(b.subject) ?? 0) ||
          byText(a.id, b.id),
      ),
    };
  });
  return reports.toSorted(
    (a, b) =>
      outcomeRank(a.worst) - outcomeRank(b.worst) ||
      severityRank(a.severity) - severityRank(b.severity) ||
      byText(a.id, b.id),
  );
}

/** How many findings rest on each file, by its path. */
function countUses(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { evidence } of findings) {
    for (const file of new Set(evidence.map((item) => item.file))) uses.set(file, (uses.get(file) ?? 0) + 1);
  }
  return uses;
}

function buildMethod({ snapshot, probes, findings, checks }: ReportInput): Method {
  const usual = new Map(checks.map(({ id, params }) => [id, new Map(Object.entries(params ?? {}))]));
  const overrides = findings.flatMap((finding) => {
    const defaults = usual.get(finding.check);
    return Object.entries(finding.params).flatMap(([parameter, given]) => {
      // What nobody overrode is the default itself.
      if (defaults?.has(parameter) !== true || defaults.get(parameter) === given) return [];
      const value = canonicalJson(given).trimEnd();
      const standard = canonicalJson(defaults.get(parameter)).trimEnd();
      return value === standard ? [] : [{ check: finding.check, parameter, value, usual: standard }];
    });
  });
  return {
    probes: probes.map(({ id, title, privilege }) => {
      const records = snapshot.observations.filter(({ probe }) => probe === id);
      const ok = records.filter(({ observation }) => observation.status === 'ok').length;
      return { id, title, privilege, ok, unavailable: records.length - ok };
    }),
    limits: snapshot.observations.flatMap(({ probe, subject, observation }) =>
      observation.status === 'ok'
        ? []
        : [{ probe, subject, code: observation.code, message: observation.message, at: observation.at }],
    ),
    overrides: overrides.filter(
      (entry, index) =>
        overrides.findIndex(({ check, parameter }) => check === entry.check && parameter === entry.parameter) === index,
    ),
  };
}

function buildWaiver(waiver: Waiver, findings: readonly Finding[]): WaiverReport {
  const covered = findings.filter(({ waived }) => waived?.waiver === waiver.id).map(({ id }) => id);
  const expired = findings.some(({ id }) => id === `waiver-expired/${waiver.id}`);
  return { ...waiver, state: covered.length > 0 ? 'in_force' : expired ? 'expired' : 'unused', findings: covered };
}

function buildChanges(previous: NonNullable<ReportInput['previous']>, findings: readonly Finding[]): Changes {
  const before = new Map(previous.findings.map(({ id, outcome }) => [id, outcome]));
  const matching = (test: (now: string, then: string | undefined) => boolean) =>
    findings
      .filter(({ id, outcome }) => test(outcome, before.get(id)))
      .map(({ id }) => id)
      .toSorted(byText);
  const known = new Map(previous.findings.map((finding) => [finding.id, finding]));
  const appeared = matching((now, then) => bad(now) && !bad(then));
  const remaining = matching((now, then) => bad(now) && bad(then));
  const reopened = appeared.filter((id) => {
    const then = known.get(id);
    return then?.firstSeen !== undefined && then.openSince === undefined;
  });
  const firstSeen = [...appeared, ...remaining].flatMap((id) => {
    const seen = known.get(id)?.firstSeen;
    return seen === undefined ? [] : [[id, seen] as const];
  });
  return {
    previousRunId: previous.runId,
    appeared,
    resolved: matching((now, then) => now === 'pass' && bad(then)),
    lost: matching((now, then) => !settled(now) && now !== 'not_applicable' && settled(then)),
    remaining,
    ...(reopened.length === 0 ? {} : { reopened }),
    ...(firstSeen.length === 0 ? {} : { firstSeen: Object.fromEntries(firstSeen) }),
  };
}

const bad = (outcome: string | undefined): boolean => outcome === 'fail' || outcome === 'warn';
const settled = (outcome: string | undefined): boolean => bad(outcome) || outcome === 'pass' || outcome === 'excepted';
