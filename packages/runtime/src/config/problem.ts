import type { ErrorObject } from 'ajv';
import { findNearest } from '../nearest.ts';

/** A schema violation in our words. `key` is set when the problem is a key below `path` rather than the value there. */
export interface Problem {
  readonly path: readonly string[];
  readonly key: string | undefined;
  readonly message: string;
}

/** What an Ajv error (option `verbose`) means to the person who wrote the file, with the nearest known word for a typo. */
export function describeProblem(error: ErrorObject): Problem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      return { path, key, message: `has an unknown key "${key}"${hint(key, keysOf(error.parentSchema))}` };
    }
    case 'required':
      return { path, key: undefined, message: `lacks the key "${String(params['missingProperty'])}"` };
    case 'enum': {
      const allowed = Array.isArray(params['allowedValues']) ? params['allowedValues'].map(String) : [];
      const word = typeof error.data === 'string' ? hint(error.data, allowed) : '';
      return { path, key: undefined, message: `must be one of ${allowed.join(', ')}${word}` };
    }
    case 'const':
      return { path, key: undefined, message: `must be ${JSON.stringify(params['allowedValue'])}` };
    case 'type':
      return {
        path,
        key: undefined,
        message: `must be ${article(String(params['type']))}, not ${describe(error.data)}`,
      };
    case 'format':
      return { path, key: undefined, message: `must be a ${formatOf(String(params['format']))}` };
    case 'pattern':
      return { path, key: undefined, message: `must match ${String(params['pattern'])}` };
    case 'minItems':
    case 'minLength':
    case 'minProperties':
      return {
        path,
        key: undefined,
        message: params['limit'] === 1 ? 'must not be empty' : (error.message ?? 'is too short'),
      };
    default:
      return { path, key: undefined, message: error.message ?? `violates ${error.keyword}` };
  }
}

function hint(word: string, known: readonly string[]): string {
  const nearest = findNearest(word, known);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  return known.length > 0 && known.length <= 12 ? `; known are ${known.join(', ')}` : '';
}

function keysOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  const { properties } = schema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function formatOf(format: string): string {
  return format === 'duration' ? 'duration such as 500ms, 10s, 5m, 1h or 180d' : format;
}

function article(type: string): string {
  const words = type.split(',').join(' or ');
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return article(typeof value);
}
