import type { AnyCollector, Variant } from '@pgattest/catalog';
import type { Column } from '@pgattest/connect';
import type { DiagnosticCode, Severity } from './diagnostic.ts';

/** One problem between what a query returns and what its branch declares; where it stands is added by the caller. */
export interface ColumnFinding {
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly remedy: string;
}

/** pg_type.oid of types that ignore `scale`: bool, date, time, timestamp, timestamptz, timetz. */
const unscaledTypes: ReadonlySet<number> = new Set([16, 1082, 1083, 1114, 1184, 1266]);
/** Text that may well hold a number: "char", name, text, bpchar, varchar. */
const textTypes: ReadonlySet<number> = new Set([18, 19, 25, 1042, 1043]);
/** Types whose text is never a number, by name. */
const otherTypes: ReadonlyMap<number, string> = new Map([
  [114, 'json'],
  [650, 'cidr'],
  [869, 'inet'],
  [1186, 'interval'],
  [2950, 'uuid'],
  [3220, 'pg_lsn'],
  [3802, 'jsonb'],
]);

/** Compares the columns a server describes with those a branch declares. */
export function checkResultColumns(
  collector: AnyCollector,
  variant: Variant<string>,
  result: readonly Column[],
): readonly ColumnFinding[] {
  const byName = new Map(result.map((column) => [column.name, column]));
  const omitted = new Set<string>(variant.omits);
  const labels = Object.keys(collector.labels).map((key) => variant.columns?.labels?.[key] ?? key);
  const values = [...Object.entries(collector.metrics), ...Object.entries(collector.histograms ?? {})]
    .filter(([key]) => !omitted.has(key))
    .map(([key, def]) => ({ name: variant.columns?.values?.[key] ?? key, scale: def.scale }));
  const declared = new Set([...labels, ...values.map(({ name }) => name)]);
  const names = result.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);

  return [
    ...[...declared].filter((name) => !byName.has(name)).map((name) => missingColumn(name, names)),
    ...values.flatMap(({ name, scale }) => typeFindings(name, byName.get(name)?.typeOid, scale)),
    ...(twice === undefined
      ? []
      : [
          finding('warning', 'duplicate-column', `the query returns ${twice} twice; the last one counts`, 'remove one'),
        ]),
    ...names
      .filter((name) => !declared.has(name))
      .map((name) =>
        finding(
          'note',
          'unlisted-column',
          `the query returns ${name}, which is not listed`,
          'list it or do not select it',
        ),
      ),
  ];
}

/** A predicate must return exactly one column of type boolean. */
export function checkPredicateColumns(name: string, result: readonly Column[]): readonly ColumnFinding[] {
  if (result.length === 1 && result[0]?.typeOid === 16) return [];
  const what = result.length === 1 ? 'a column that is not boolean' : `${result.length} columns`;
  return [finding('error', 'wrong-type', `the predicate ${name} returns ${what}`, 'return one boolean column')];
}

function missingColumn(name: string, names: readonly string[]): ColumnFinding {
  const message = `the query does not return the column ${name}`;
  return finding(
    'error',
    'missing-column',
    message,
    `it returns ${names.join(', ')}; add "AS ${name}" or change metrics`,
  );
}

function typeFindings(name: string, typeOid: number | undefined, scale: number | undefined): readonly ColumnFinding[] {
  if (typeOid === undefined) return [];
  const other = otherTypes.get(typeOid);
  if (other !== undefined) {
    const message = `the value ${name} is of type ${other}, which is no number, so every sample is NaN`;
    return [finding('warning', 'text-column', message, 'convert it in SQL, for example with extract(EPOCH FROM …)')];
  }
  if (textTypes.has(typeOid)) {
    return [
      finding('note', 'text-column', `the value ${name} is text; what is no number becomes NaN`, 'cast it in SQL'),
    ];
  }
  if (scale !== undefined && unscaledTypes.has(typeOid)) {
    return [
      finding('warning', 'scale-ignored', `scale is ignored for ${name}, a boolean or a time`, 'scale it in SQL'),
    ];
  }
  return [];
}

function finding(severity: Severity, code: DiagnosticCode, message: string, remedy: string): ColumnFinding {
  return { severity, code, message, remedy };
}
