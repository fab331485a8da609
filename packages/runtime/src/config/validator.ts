import type { SchemaObject } from 'ajv';
import { loadAjv } from '../lazy-library.ts';
import { describeProblem } from './problem.ts';

/** The value when it is what the schema says, or the first thing that is wrong with it. */
export type Validated<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly path: string; readonly message: string };

/** Compiles a schema once, for documents that are data and not configuration: no defaults, no positions. */
export function compileSchema<T>(schema: SchemaObject): (value: unknown) => Validated<T> {
  const { Ajv } = loadAjv();
  const validate = new Ajv({ strict: true, allowUnionTypes: true, verbose: true }).compile<T>(schema);
  return (value) => {
    if (validate(value)) return { ok: true, value };
    const [error] = validate.errors ?? [];
    if (error === undefined) return { ok: false, path: '/', message: 'is not what the schema says' };
    const { path, message } = describeProblem(error);
    return { ok: false, path: `/${path.join('/')}`, message };
  };
}
