import type { Finding, FindingEvidence, Undecided } from '../finding.ts';
import type { ManualItem } from '../framework.ts';
import type { Reconciliation } from '../inventory/reconcile.ts';
import { subjectKinds } from '../inventory/subjects.ts';
import type {
  ChainPlace,
  Changes,
  CheckReport,
  ClauseReport,
  EvidenceFile,
  FrameworkReport,
  HighRiskReport,
  Method,
  Ratio,
  Report,
  ReportEvidence,
  Scope,
  SectionReport,
  Stream,
  SubjectReport,
  Totals,
  WaiverReport,
} from './model.ts';
import { clauseOutcomes, outcomesWorstFirst, severitiesWorstFirst } from './outcomes.ts';
import {
  count,
  counts,
  header,
  instant,
  list,
  object,
  outcome,
  severity,
  sha256,
  string,
  strings,
  text,
} from './schema-parts.ts';

const ratio = object<Ratio>({ part: count, whole: count }, {});
const clauseOutcome = { enum: clauseOutcomes } as const;

const evidence = object<FindingEvidence>(
  {
    fact: string,
    at: string,
    subject: string,
    actual: string,
    expected: text,
    sql: string,
    database: string,
    shell: string,
    command: string,
    file: string,
    sha256,
  },
  { sql: true, database: true, shell: true },
);

const finding = object<Finding>(
  {
    id: string,
    check: string,
    subject: string,
    severity,
    outcome,
    reason: text,
    evidence: list(evidence),
    undecided: object<Undecided>({ probe: string, subject: string, code: string, message: string }, { probe: true }),
    waived: object<NonNullable<Finding['waived']>>({ outcome: { enum: ['fail', 'warn'] }, waiver: string }, {}),
    params: { type: 'object' },
    at: instant,
  },
  { undecided: true, waived: true },
);

const clause = object<ClauseReport>(
  {
    id: string,
    unit: string,
    chapter: text,
    section: text,
    title: text,
    coverage: { enum: ['full', 'partial', 'none'] },
    checks: strings,
    manual: list(object<ManualItem>({ en: string, zh: string, by: strings }, { by: true })),
    aliases: strings,
    highRisk: strings,
    outcome: clauseOutcome,
    reason: text,
    decidedBy: { enum: ['machine', 'machine_in_part', 'person', 'nobody'] },
    findings: strings,
    cells: list(object<ClauseReport['cells'][number]>({ subject: string, outcome }, { outcome: true })),
  },
  { unit: true, chapter: true, aliases: true, highRisk: true },
);

const framework = object<FrameworkReport>(
  {
    id: string,
    title: text,
    edition: string,
    headline: { enum: ['rates', 'exceptions'] },
    outcomes: counts(clauseOutcomes),
    conformity: ratio,
    coverage: ratio,
    confidence: ratio,
    sections: list(
      object<SectionReport>(
        { chapter: text, section: text, outcomes: counts(clauseOutcomes), clauses: list(clause) },
        { chapter: true },
      ),
    ),
  },
  {},
);

const scope = object<Scope>(
  {
    subjects: list(
      object<SubjectReport>(
        {
          id: string,
          kind: { enum: subjectKinds },
          connect: string,
          role: { enum: ['primary', 'replica'] },
          version: string,
          systemIdentifier: string,
          observations: object<SubjectReport['observations']>({ ok: count, unavailable: count }, {}),
        },
        { connect: true, role: true, version: true, systemIdentifier: true },
      ),
    ),
    streams: list(
      object<Stream>(
        { from: string, to: string, declared: { type: 'boolean' }, address: string, state: string, sync: string },
        {},
      ),
    ),
    declared: count,
    reconciliation: object<Reconciliation>(
      {
        answering: strings,
        silent: strings,
        unseen: strings,
        undeclared: list(
          object<Reconciliation['undeclared'][number]>({ name: string, address: string, from: string }, {}),
        ),
        unlisted: strings,
        differences: list(text),
      },
      { differences: true },
    ),
  },
  {},
);

const method = object<Method>(
  {
    probes: list(
      object<Method['probes'][number]>(
        { id: string, title: string, privilege: string, ok: count, unavailable: count },
        {},
      ),
    ),
    limits: list(
      object<Method['limits'][number]>(
        { probe: string, subject: string, code: string, message: string, at: instant },
        {},
      ),
    ),
    overrides: list(
      object<Method['overrides'][number]>({ check: string, parameter: string, value: string, usual: string }, {}),
    ),
  },
  {},
);

const totals = object<Totals>(
  {
    results: count,
    checks: count,
    outcomes: counts(outcomesWorstFirst),
    failing: counts(severitiesWorstFirst),
    highRisk: count,
    evidenceFiles: count,
  },
  {},
);

const highRisk = object<HighRiskReport>(
  {
    framework: string,
    key: string,
    clause: string,
    title: text,
    state: { enum: ['triggered', 'accepted', 'undecided', 'not_triggered', 'no_check'] },
    findings: strings,
    mitigation: text,
    mitigatedBy: list(object<HighRiskReport['mitigatedBy'][number]>({ check: string, outcome }, { outcome: true })),
  },
  {},
);

const check = object<CheckReport>(
  {
    id: string,
    catalogue: strings,
    title: text,
    severity,
    rationale: text,
    remediation: text,
    fix: strings,
    clauses: list(object<CheckReport['clauses'][number]>({ framework: string, clause: string }, {})),
    worst: outcome,
    findings: list(finding),
  },
  {},
);

const waiver = object<WaiverReport>(
  {
    id: string,
    check: string,
    subject: string,
    reason: string,
    owner: string,
    cluster: string,
    approval: string,
    until: string,
    state: { enum: ['in_force', 'expired', 'unused'] },
    findings: strings,
  },
  { cluster: true, approval: true },
);

const evidenceFile = object<EvidenceFile>(
  {
    id: string,
    path: string,
    sha256,
    sizeBytes: count,
    probe: string,
    subject: string,
    status: { enum: ['ok', 'unavailable'] },
    usedBy: count,
  },
  { probe: true, subject: true, status: true },
);

const chain = object<ChainPlace>(
  { sequence: count, sha256, previous: sha256, filedAt: instant, keyId: sha256 },
  { previous: true, keyId: true },
);

const changes = object<Changes>(
  {
    previousRunId: string,
    appeared: strings,
    resolved: strings,
    lost: strings,
    remaining: strings,
    reopened: strings,
    firstSeen: { type: 'object', additionalProperties: string },
  },
  { reopened: true, firstSeen: true },
);

/** JSON Schema (draft-07) of `report.json`, schemaVersion 1. */
export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'pgattest audit report',
  ...object<Report>(
    {
      schemaVersion: { const: 1 },
      id: string,
      cluster: string,
      runId: string,
      startedAt: instant,
      finishedAt: instant,
      tool: object<Report['tool']>({ name: string, version: string }, {}),
      header,
      scope,
      method,
      totals,
      highRisk: list(highRisk),
      checks: list(check),
      frameworks: list(framework),
      waivers: list(waiver),
      evidence: object<ReportEvidence>(
        { digest: sha256, merkleRoot: sha256, chain, files: list(evidenceFile) },
        { merkleRoot: true, chain: true },
      ),
      changes,
    },
    { changes: true },
  ),
};
