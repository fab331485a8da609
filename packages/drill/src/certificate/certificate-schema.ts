import { drillKinds } from './certificate.ts';

const text = { type: 'string', minLength: 1 } as const;
const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' } as const;
const seconds = { type: 'number', minimum: 0 } as const;
const count = { type: 'integer', minimum: 0 } as const;
const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

const record = <P extends Readonly<Record<string, object>>>(properties: P, optional: readonly string[]) => ({
  type: 'object' as const,
  additionalProperties: false as const,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
});
const list = <I extends object>(items: I) => ({ type: 'array' as const, items });

const facts = {
  rtoSeconds: seconds,
  rpoSeconds: seconds,
  rpoBytes: count,
  rpoRows: count,
  rpoReference: text,
  repo: { type: 'integer', minimum: 1 },
  repoCipher: text,
  backupLabel: text,
  backupType: { enum: ['full', 'diff', 'incr'] },
  backupStopTime: instant,
  backupChain: list(text),
  targetTime: instant,
  recoveredTime: instant,
  recoveredLsn: text,
  recoveredTimeline: count,
  restoredBytes: count,
  fromMember: text,
  toMember: text,
  timelineBefore: count,
  timelineAfter: count,
  detectionSeconds: seconds,
  electionSeconds: seconds,
  promotionSeconds: seconds,
  rowsAcknowledged: count,
  rowsUnknown: count,
  deliverySeconds: seconds,
} as const;

const certificate = record(
  {
    schemaVersion: { const: 1 },
    id: { type: 'string', pattern: '^[A-Za-z0-9._-]+$' },
    kind: { enum: drillKinds },
    cluster: text,
    started: instant,
    finished: instant,
    outcome: { enum: ['passed', 'failed', 'aborted'] },
    reason: text,
    approval: record({ by: text, at: instant, operator: text }, []),
    preconditions: list(
      record({ id: text, title: text, state: { enum: ['met', 'unmet', 'unknown'] }, detail: text }, []),
    ),
    steps: list(
      record(
        { id: text, title: text, started: instant, seconds, outcome: { enum: ['done', 'failed'] }, detail: text },
        ['detail'],
      ),
    ),
    checks: list(
      record(
        {
          id: text,
          subject: text,
          outcome: { enum: ['pass', 'fail', 'unavailable', 'not_applicable'] },
          detail: text,
        },
        [],
      ),
    ),
    findings: list(record({ code: text, subject: text, message: text }, [])),
    evidence: list(record({ name: text, sha256, sizeBytes: count }, [])),
    tools: { type: 'object', required: ['pgattest'], properties: { pgattest: text }, additionalProperties: text },
    ...facts,
  },
  ['reason', ...Object.keys(facts)],
);

/** JSON Schema (draft 7 words) of a certificate file; published as `certificate.schema.json`. */
export const certificateSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'pgattest drill certificate',
  ...record(
    {
      certificate,
      sha256,
      signature: record(
        { algorithm: { const: 'Ed25519' }, keyId: sha256, value: { type: 'string', pattern: '^[A-Za-z0-9+/]{86}==$' } },
        [],
      ),
    },
    [],
  ),
};
