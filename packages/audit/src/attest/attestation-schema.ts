const text = { type: 'string', minLength: 1 } as const;
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } as const;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

const record = {
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'id', 'cluster', 'decision', 'signer', 'signedAt', 'validFrom', 'validUntil'],
  properties: {
    formatVersion: { const: 1 },
    id: text,
    cluster: text,
    decision: { enum: ['confirmed', 'partly', 'not_met', 'not_applicable'] },
    note: text,
    signer: text,
    signedAt: text,
    validFrom: day,
    validUntil: day,
    document: {
      type: 'object',
      additionalProperties: false,
      required: ['path', 'sha256', 'sizeBytes'],
      properties: { path: text, sha256: hash, sizeBytes: { type: 'integer', minimum: 0 } },
    },
    renews: hash,
  },
} as const;

/** Shape of the file of one attestation. */
export const sealedAttestationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['attestation', 'sha256'],
  properties: {
    attestation: record,
    sha256: hash,
    signature: {
      type: 'object',
      additionalProperties: false,
      required: ['algorithm', 'keyId', 'value'],
      properties: { algorithm: { const: 'Ed25519' }, keyId: hash, value: text },
    },
  },
} as const;

/** Shape of what a run files of an attestation. */
export const observedAttestationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['record', 'file', 'sha256', 'seal'],
  properties: {
    record,
    file: text,
    sha256: hash,
    seal: { enum: ['unsigned', 'signed', 'unchecked', 'other_key', 'broken'] },
    keyId: hash,
    document: {
      type: 'object',
      additionalProperties: false,
      required: ['status', 'path'],
      properties: { status: { enum: ['ok', 'unavailable'] }, path: text, sha256: hash, message: text },
    },
  },
} as const;
