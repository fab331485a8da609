import { headerSchema } from '../config/header-schema.ts';
import { waiverSchema } from '../config/waiver-schema.ts';

/** Shape of `evaluation.json`. */
export const evaluationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['formatVersion', 'params', 'waivers', 'frameworks', 'languages', 'header'],
  properties: {
    formatVersion: { const: 1 },
    params: { type: 'object', additionalProperties: { type: 'object' } },
    waivers: { type: 'array', items: waiverSchema },
    frameworks: { type: 'array', items: { type: 'string' } },
    languages: { type: 'array', items: { enum: ['en', 'zh'] } },
    header: headerSchema,
    expectedStandbys: { type: 'integer', minimum: 0 },
  },
} as const;
