import { clauseOutcomes, outcomesWorstFirst, severitiesWorstFirst } from './outcomes.ts';

const string = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const strings = { type: 'array', items: string } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' } as const;

const object = <Properties extends Readonly<Record<string, object>>>(
  properties: Properties,
  optional: readonly (keyof Properties & string)[] = [],
) => ({
  type: 'object' as const,
  additionalProperties: false as const,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
});
const list = <Items extends object>(items: Items) => ({ type: 'array' as const, items });
const counts = (keys: readonly string[]) => object(Object.fromEntries(keys.map((key) => [key, count])));

const text = object({ en: string, zh: string });
const ratio = object({ part: count, whole: count });
const outcome = { enum: outcomesWorstFirst } as const;
const severity = { enum: severitiesWorstFirst } as const;
const clauseOutcome = { enum: clauseOutcomes } as const;

const evidence = object(
  {
    fact: string,
    at: string,
    subject: string,
    actual: string,
    expected: text,
    sql: string,
    shell: string,
    command: string,
    file: string,
    sha256,
  },
  ['sql', 'shell'],
);

const finding = object(
  {
    id: string,
    check: string,
    subject: string,
    severity,
    outcome,
    reason: text,
    evidence: list(evidence),
    undecided: object({ probe: string, subject: string, code: string, message: string }, ['probe']),
    waived: object({ outcome: { enum: ['fail', 'warn'] }, waiver: string }),
    params: { type: 'object' },
    at: instant,
  },
  ['undecided', 'waived'],
);

const clause = object(
  {
    id: string,
    unit: string,
    chapter: text,
    section: text,
    title: text,
    coverage: { enum: ['full', 'partial', 'none'] },
    checks: strings,
    manual: list(text),
    aliases: strings,
    highRisk: strings,
    outcome: clauseOutcome,
    reason: text,
    decidedBy: { enum: ['machine', 'machine_in_part', 'person', 'nobody'] },
    findings: strings,
    cells: list(object({ subject: string, outcome }, ['outcome'])),
  },
  ['unit', 'chapter', 'aliases', 'highRisk'],
);

const framework = object({
  id: string,
  title: text,
  edition: string,
  headline: { enum: ['rates', 'exceptions'] },
  outcomes: counts(clauseOutcomes),
  conformity: ratio,
  coverage: ratio,
  confidence: ratio,
  sections: list(
    object({ chapter: text, section: text, outcomes: counts(clauseOutcomes), clauses: list(clause) }, ['chapter']),
  ),
});

const header = object(
  {
    organisation: string,
    system: string,
    grade: string,
    filingNumber: string,
    classification: string,
    owner: string,
    requester: string,
    operator: string,
    reviewer: string,
    approver: string,
  },
  [
    'organisation',
    'system',
    'grade',
    'filingNumber',
    'classification',
    'owner',
    'requester',
    'operator',
    'reviewer',
    'approver',
  ],
);

const scope = object({
  subjects: list(
    object(
      {
        id: string,
        kind: { enum: ['cluster', 'instance'] },
        connect: string,
        role: { enum: ['primary', 'replica'] },
        version: string,
        systemIdentifier: string,
        observations: object({ ok: count, unavailable: count }),
      },
      ['connect', 'role', 'version', 'systemIdentifier'],
    ),
  ),
  streams: list(
    object({ from: string, to: string, declared: { type: 'boolean' }, address: string, state: string, sync: string }),
  ),
  declared: count,
  reconciliation: object({
    answering: strings,
    silent: strings,
    unseen: strings,
    undeclared: list(object({ name: string, address: string, from: string })),
    unlisted: strings,
  }),
});

/** JSON Schema (draft-07) of `report.json`, schemaVersion 1. */
export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'pgattest audit report',
  ...object(
    {
      schemaVersion: { const: 1 },
      id: string,
      cluster: string,
      runId: string,
      startedAt: instant,
      finishedAt: instant,
      tool: object({ name: string, version: string }),
      header,
      scope,
      method: object({
        probes: list(object({ id: string, title: string, privilege: string, ok: count, unavailable: count })),
        limits: list(object({ probe: string, subject: string, code: string, message: string, at: instant })),
        overrides: list(object({ check: string, parameter: string, value: string, usual: string })),
      }),
      totals: object({
        results: count,
        checks: count,
        outcomes: counts(outcomesWorstFirst),
        failing: counts(severitiesWorstFirst),
        highRisk: count,
        evidenceFiles: count,
      }),
      highRisk: list(
        object({
          framework: string,
          key: string,
          clause: string,
          title: text,
          state: { enum: ['triggered', 'accepted', 'undecided', 'not_triggered', 'no_check'] },
          findings: strings,
          mitigation: text,
          mitigatedBy: list(object({ check: string, outcome }, ['outcome'])),
        }),
      ),
      checks: list(
        object({
          id: string,
          catalogue: strings,
          title: text,
          severity,
          rationale: text,
          remediation: text,
          fix: strings,
          clauses: list(object({ framework: string, clause: string })),
          worst: outcome,
          findings: list(finding),
        }),
      ),
      frameworks: list(framework),
      waivers: list(
        object({
          id: string,
          check: string,
          subject: string,
          reason: string,
          owner: string,
          until: string,
          state: { enum: ['in_force', 'expired', 'unused'] },
          findings: strings,
        }),
      ),
      evidence: object({
        digest: sha256,
        files: list(
          object(
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
            ['probe', 'subject', 'status'],
          ),
        ),
      }),
      changes: object({
        previousRunId: string,
        appeared: strings,
        resolved: strings,
        lost: strings,
        remaining: strings,
      }),
    },
    ['changes'],
  ),
};
