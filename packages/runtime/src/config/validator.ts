import type { SchemaObject, ValidateFunction } from 'ajv';
import { loadAjv } from '../lazy-library.ts';
import { describeProblem } from './problem.ts';

/** The value when it is what the schema says, or the first thing that is wrong with it. */
export type Validated<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly path: string; readonly message: string };

/**
 * Compiles a schema once, with the first value, for documents that are data and not configuration: no positions, and
 * defaults only where asked for. Compiling takes longer than most documents: keep the function, not the schema.
 */
export function compileSchema<T>(
  schema: SchemaObject,
  { fillDefaults = false }: { readonly fillDefaults?: boolean } = {},
): (value: unknown) => Validated<T> {
  let compiled: ValidateFunction<T> | undefined;
  const compile = (): ValidateFunction<T> => {
    const { Ajv } = loadAjv();
    return new Ajv({ strict: true, allowUnionTypes: true, verbose: true, useDefaults: fillDefaults }).compile<T>(
      schema,
    );
  };
  return (value) => {
    const validate = (compiled ??= compile());
    if (validate(value)) return { ok: true, value };
    const [error] = validate.errors ?? [];
    if (error === undefined) return { ok: false, path: '/', message: 'is not what the schema says' };
    const { path, message } = describeProblem(error);
    return { ok: false, path: `/${path.join('/')}`, message };
  };
}
