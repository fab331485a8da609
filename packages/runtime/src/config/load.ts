import { readFile } from 'node:fs/promises';
import type { SchemaObject } from 'ajv';
import { RuntimeError } from '../errors.ts';
import { loadAjv, loadYaml } from '../lazy-library.ts';
import { findDurationMs } from './duration.ts';
import { describeProblem } from './problem.ts';
import { positionOf, type ConfigIssue, formatIssue } from './issue.ts';

export interface ConfigSource {
  readonly text: string;
  /** Name shown in issues. */
  readonly file: string;
  /** JSON Schema of the whole document; `format: duration` is known, defaults are filled in. */
  readonly schema: SchemaObject;
}

export type ParsedConfig<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

/** YAML 1.2 text checked against a schema: the value with defaults, or every problem with its place. An empty text is `{}`. */
export function parseConfig<T>({ text, file, schema }: ConfigSource): ParsedConfig<T> {
  const { LineCounter, parseDocument } = loadYaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, version: '1.2', merge: true, prettyErrors: false });
  if (document.errors.length > 0) {
    const issues = document.errors.map((error): ConfigIssue => {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      return { file, line, column: col, path: '', message: error.message.split('\n')[0] ?? error.message };
    });
    return { ok: false, issues };
  }
  const value: unknown = document.contents === null ? {} : document.toJS();
  const { Ajv } = loadAjv();
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: true, allowUnionTypes: true, verbose: true });
  ajv.addFormat('duration', (word) => findDurationMs(word) !== undefined);
  const validate = ajv.compile<T>(schema);
  if (validate(value)) return { ok: true, value };
  const issues = (validate.errors ?? []).map((error): ConfigIssue => {
    const { path, key, message } = describeProblem(error);
    return { file, ...positionOf(document, lineCounter, path, key), path: `/${path.join('/')}`, message };
  });
  return { ok: false, issues: issues.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** Reads and checks a file. Errors: file_unreadable, config_invalid with every issue, one a line. */
export async function loadConfig<T>(file: string, schema: SchemaObject): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('file_unreadable', `cannot read the configuration ${file}: ${reason}`, { cause: error });
  });
  const parsed = parseConfig<T>({ text, file, schema });
  if (parsed.ok) return parsed.value;
  throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
}
