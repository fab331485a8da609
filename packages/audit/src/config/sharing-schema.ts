const file = { type: 'string', minLength: 1 } as const;

/** How several auditor services share the clusters. Without it a service audits all of them. */
export const sharingSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['endpoints'],
  description: 'Services that share the clusters by leases in etcd; each cluster is audited by one of them',
  properties: {
    endpoints: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: String.raw`^https?://[^/@\s]+$` },
      description: 'Members of one etcd: https://10.0.0.21:2379; any that answers is used',
    },
    ca: { ...file, description: 'Authority that signed their certificates' },
    cert: { ...file, description: 'Certificate of the auditor, where one is asked for' },
    key: { ...file, description: 'Its key, mode 0600' },
    user: { type: 'string', minLength: 1, description: 'User of etcd that may read and write below the prefix' },
    password_file: { ...file, description: 'File of one line, its password, mode 0600' },
    prefix: {
      type: 'string',
      pattern: String.raw`^(/[\w.-]+)+$`,
      default: '/pgattest/audit',
      description: 'What the keys begin with; apart from what Patroni keeps',
    },
    ttl: {
      type: 'string',
      format: 'duration',
      default: '30s',
      description: 'How long clusters of a dead auditor wait; 5s to 10m',
    },
    name: {
      type: 'string',
      pattern: String.raw`^[\w.-]+$`,
      maxLength: 128,
      description: 'Name of this auditor in etcd; the host name by default',
    },
  },
} as const;
