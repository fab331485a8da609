const words = { type: 'string', minLength: 1 } as const;

/** Where evidence is kept when not in a folder. Secrets are named by file, or come from the environment. */
export const evidenceStoreSchema = {
  type: 'object',
  additionalProperties: false,
  default: {},
  description: 'Where runs are kept: evidence_dir, or a store that several auditors share',
  properties: {
    kind: { enum: ['folder', 'postgres', 's3'], default: 'folder', description: 'folder is evidence_dir' },
    dsn: { ...words, description: 'postgres: libpq URL or keywords of a role that may write, without a password' },
    endpoint: { ...words, pattern: '^https?://[^/?#@]+/?$', description: 's3: https://s3.example.com' },
    region: { ...words, default: 'us-east-1', description: 's3: region that requests are signed for' },
    bucket: { ...words, pattern: '^[a-z0-9][a-z0-9.-]*$', description: 's3: an existing bucket' },
    prefix: { ...words, pattern: '^[A-Za-z0-9._/-]*$', description: 's3: what keys begin with: audits/' },
    access_key_id: { ...words, description: 's3: key id; AWS_ACCESS_KEY_ID by default' },
    secret_key_file: { ...words, description: 's3: file with the secret key; AWS_SECRET_ACCESS_KEY by default' },
    ca_file: { ...words, description: 's3: certificate authority of the endpoint (PEM)' },
  },
} as const;
