const word = { type: 'string', minLength: 1 } as const;
const words = { type: 'array', items: word, uniqueItems: true } as const;
const instant = { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z)?$` } as const;

/** Schema of the file of change records (`records.changes_file`). */
export const changeRecordsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['changes'],
  properties: {
    changes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'from', 'until', 'subjects'],
        properties: {
          id: word,
          status: { enum: ['approved', 'pending'], default: 'approved' },
          approved_by: { type: 'string', default: '' },
          from: instant,
          until: instant,
          subjects: { ...words, minItems: 1 },
          facts: { ...words, default: [] },
        },
      },
    },
  },
} as const;
