import type { FromSchema } from 'json-schema-to-ts';

const words = { type: 'string', minLength: 1 } as const;
/** English is needed; where Chinese is left out, the English stands for it. */
const text = {
  type: 'object',
  additionalProperties: false,
  required: ['en'],
  properties: { en: words, zh: words },
} as const;
const ids = { type: 'array', uniqueItems: true, items: words } as const;

/** A framework as a file holds it: the shape of the built-in ones. */
export const frameworkSchema = {
  title: 'pgattest audit framework',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'edition', 'clauses'],
  properties: {
    id: { ...words, pattern: '^[a-z][a-z0-9-]*$', description: 'What --framework and the key frameworks name' },
    title: { ...text, description: 'Name in reports' },
    edition: { ...words, description: 'Version or date of the document' },
    headline: {
      enum: ['rates', 'exceptions'],
      default: 'rates',
      description: 'rates prints conformity; exceptions prints coverage and what is not met, never a percentage',
    },
    clauses: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'section', 'title', 'coverage', 'checks'],
        properties: {
          id: { ...words, description: 'Unique within the framework' },
          unit: words,
          chapter: text,
          section: { ...text, description: 'Heading it stands under' },
          title: text,
          coverage: { enum: ['full', 'partial', 'none'], description: 'How much of it the checks settle' },
          checks: { ...ids, description: 'Ids of checks, as reports name them' },
          requires: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['check', 'param'],
              properties: {
                check: words,
                param: words,
                atLeast: { type: 'number' },
                atMost: { type: 'number' },
              },
            },
            description: 'Bounds of parameters; a looser configuration makes the clause not met',
          },
          manual: {
            type: 'array',
            default: [],
            items: { ...text, properties: { ...text.properties, by: { ...ids, minItems: 1 } } },
            description: 'What a person must add, and the attestations that settle it',
          },
          aliases: { type: 'array', minItems: 1, items: words },
        },
      },
    },
  },
} as const;

/** A framework file with its defaults. */
export type FrameworkFile = FromSchema<typeof frameworkSchema, { keepDefaultedPropertiesOptional: false }>;
