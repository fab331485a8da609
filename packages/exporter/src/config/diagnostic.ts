/** Where something stands in a configuration file; lines and columns start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An `error` rejects the file, a `warning` is probably not what was meant, a `note` only informs. */
export type Severity = 'error' | 'warning' | 'note';

/** What kind of problem it is: public, for filters and editors. */
export type DiagnosticCode =
  | 'unreadable'
  | 'yaml-syntax'
  | 'duplicate-key'
  | 'too-deep'
  | 'more-documents'
  | 'wrong-type'
  | 'octal-looking'
  | 'fraction-dropped'
  | 'unknown-key'
  | 'text-cut'
  | 'null-branch'
  | 'blank-query'
  | 'template-token'
  | 'negative-ttl'
  | 'not-finite'
  | 'no-metrics'
  | 'not-one-key'
  | 'null-column'
  | 'bad-usage'
  | 'bad-number'
  | 'bad-unit'
  | 'ignored-key'
  | 'duplicate-column'
  | 'no-value-column'
  | 'bad-label-name'
  | 'duplicate-label'
  | 'bad-metric-name'
  | 'family-collision'
  | 'label-le'
  | 'bad-bucket'
  | 'bad-top'
  | 'bad-tag'
  | 'never-planned'
  | 'empty-version-range'
  | 'branch-replaced'
  | 'file-skipped'
  | 'no-branches'
  | 'no-files'
  | 'version-overlap'
  | 'version-gap'
  | 'family-shared'
  | 'dry-run-failed'
  | 'missing-column'
  | 'missing-privilege'
  | 'unlisted-column'
  | 'scale-ignored'
  | 'text-column';

/** One problem of a configuration: what is wrong at which place and key, and what to do about it. */
export interface Diagnostic extends Place {
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  /** `pg_db.metrics[2].usage`; empty for a whole file. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
}

/** Takes problems while something is read. */
export type Report = (diagnostic: Diagnostic) => void;

/** `conf/0310-pg_db.yml:12:7 error pg_db.ttl: "10" is text, not a number; remove the quotes [wrong-type]`. */
export function formatDiagnostic({ file, line, column, severity, code, key, message, remedy }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${key === '' ? '' : `${key}: `}${message}; ${remedy} [${code}]`;
}

/** By file as given, then by place. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
