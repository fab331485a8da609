import { componentKinds, subjectKinds } from '../inventory/subjects.ts';

const text = { type: 'string' } as const;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

/** Shape of `manifest.json`. Paths are confined to the folder by their pattern. */
export const manifestSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'runId', 'cluster', 'startedAt', 'finishedAt', 'tool', 'subjects', 'files', 'digest'],
  properties: {
    formatVersion: { const: 1 },
    runId: text,
    cluster: text,
    startedAt: text,
    finishedAt: text,
    tool: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version'],
      properties: { name: { const: 'pgattest' }, version: text },
    },
    subjects: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'kind', 'cluster'],
        properties: {
          id: text,
          kind: { enum: subjectKinds },
          cluster: text,
          member: text,
          connect: text,
          places: { type: 'object', additionalProperties: text },
          absent: { type: 'array', items: { enum: componentKinds } },
        },
      },
    },
    files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['path', 'sha256', 'sizeBytes'],
        properties: {
          path: { type: 'string', pattern: '^([a-z0-9][a-z0-9.-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*\\.json$' },
          sha256: hash,
          sizeBytes: { type: 'integer', minimum: 0 },
          probe: text,
          subject: text,
          status: { enum: ['ok', 'unavailable'] },
        },
      },
    },
    merkleRoot: hash,
    digest: hash,
  },
} as const;
