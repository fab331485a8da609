const words = { type: 'string', minLength: 1 } as const;

/** One approved exception, as configuration, waivers files and saved evidence hold it. */
export const waiverSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'check', 'subject', 'reason', 'owner', 'until'],
  properties: {
    id: { ...words, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', description: 'Ticket or register number, unique' },
    check: { ...words, description: 'Check id, or a pattern of ids: pg-tls-required, pg-log-*' },
    subject: { ...words, description: 'Name of what is judged, or a pattern: pg-demo-1, pg-demo-*, *' },
    cluster: { ...words, description: 'Cluster it is for, or a pattern; every cluster by default' },
    reason: { ...words, description: 'Why the risk is accepted' },
    owner: { ...words, description: 'Who answers for it' },
    approval: { ...words, description: 'Where the approval can be looked up: CAB-2026-118' },
    until: {
      ...words,
      pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z)?$',
      description: 'Last valid day (UTC): 2027-03-31',
    },
  },
} as const;

/** A waivers file: the list under one key. */
export const waiversFileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['waivers'],
  properties: { waivers: { type: 'array', items: waiverSchema } },
} as const;
