import type { AnyCheck } from '../check.ts';

type ParamSchema =
  | { readonly type: 'string' | 'boolean' | 'object' }
  | { readonly type: 'number'; readonly minimum: 0 }
  | {
      readonly type: 'array';
      readonly items: { readonly type: 'number' | 'string' } | Readonly<Record<string, never>>;
    };

/** JSON Schema of `params`: exactly the parameters that checks have, each of the type of its default. */
export function paramsSchema(checks: readonly AnyCheck[]): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    default: {},
    additionalProperties: false,
    properties: Object.fromEntries(
      checks.map((check) => [
        check.id,
        {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(Object.entries(check.params).map(([key, value]) => [key, schemaOf(value)])),
        },
      ]),
    ),
  };
}

function schemaOf(value: unknown): ParamSchema {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    if (typeof first === 'string' || typeof first === 'number') {
      return { type: 'array', items: { type: typeof first === 'string' ? 'string' : 'number' } };
    }
    return { type: 'array', items: {} };
  }
  // Days, bytes, counts, lengths: below zero each of them would excuse everything.
  if (typeof value === 'number') return { type: 'number', minimum: 0 };
  if (typeof value === 'boolean') return { type: 'boolean' };
  return typeof value === 'string' ? { type: 'string' } : { type: 'object' };
}
