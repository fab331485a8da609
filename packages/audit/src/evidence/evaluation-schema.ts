import { observedAttestationSchema } from '../attest/attestation-schema.ts';
import { frameworkSchema } from '../config/framework-schema.ts';
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
    ownFrameworks: { type: 'array', items: frameworkSchema },
    languages: { type: 'array', items: { enum: ['en', 'zh'] } },
    header: headerSchema,
    attestations: {
      type: 'object',
      additionalProperties: false,
      required: ['mustBeSigned', 'observed'],
      properties: {
        mustBeSigned: { type: 'boolean' },
        observed: { type: 'array', items: observedAttestationSchema },
      },
    },
    previous: {
      type: 'object',
      additionalProperties: false,
      required: ['runId', 'findings'],
      properties: {
        runId: { type: 'string' },
        findings: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['id', 'outcome'],
            properties: {
              id: { type: 'string' },
              outcome: {
                enum: [
                  'pass',
                  'warn',
                  'fail',
                  'not_applicable',
                  'error',
                  'insufficient_data',
                  'manual',
                  'stale',
                  'excepted',
                ],
              },
              firstSeen: { type: 'string' },
              changedAt: { type: 'string' },
              openSince: { type: 'string' },
            },
          },
        },
      },
    },
  },
} as const;
