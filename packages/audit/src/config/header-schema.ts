const line = { type: 'string', minLength: 1 } as const;

/** Who the report is for and about; printed on its cover as written. */
export const headerSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    organisation: { ...line, description: 'Name of the organisation' },
    system: { ...line, description: 'Name of the assessed system' },
    grade: { ...line, description: 'MLPS grade of the system: "3"' },
    filingNumber: { ...line, description: 'MLPS filing number' },
    classification: { ...line, description: 'Classification label of the report' },
    owner: { ...line, description: 'Owner of the system' },
    requester: { ...line, description: 'Who asked for the audit' },
    operator: { ...line, description: 'Who runs it' },
    reviewer: { ...line, description: 'Who reviews the report' },
    approver: { ...line, description: 'Who approves it' },
  },
} as const;
