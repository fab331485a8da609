import { otherName, type TopK } from '@pgattest/catalog';
import type { Column } from './column.ts';
import type { Report } from './diagnostic.ts';
import type { Fields } from './fields.ts';

interface NamedColumns {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly topK: Pick<TopK<string, string>, 'otherBy'> | undefined;
}

/** Reports names that Prometheus cannot take and names that two columns of a branch both claim. */
export function checkColumns({ name, columns, topK }: NamedColumns, fields: Fields, report: Report): void {
  checkUniqueColumns(columns, report);
  checkLabels(columns, report);
  checkFamilies(name, columns, topK?.otherBy !== undefined, fields, report);
}

/** Families a column is exported as: a histogram reserves its base name and three more. */
export function familyNames(name: string, column: Pick<Column, 'usage' | 'exported'>): readonly string[] {
  const base = `${name}_${column.exported}`;
  if (column.usage === 'histogram') return [base, `${base}_bucket`, `${base}_count`, `${base}_sum`];
  return column.usage === 'label' || column.usage === 'discard' ? [] : [base];
}

function checkUniqueColumns(columns: readonly Column[], report: Report): void {
  const seen = new Map<string, Column>();
  for (const column of columns) {
    const first = seen.get(column.column);
    if (first === undefined) {
      seen.set(column.column, column);
      continue;
    }
    report({
      ...column.at,
      severity: 'error',
      code: 'duplicate-column',
      key: column.path,
      message: `the result column ${column.column} is listed before at line ${first.at.line}`,
      remedy: 'remove one, or return the value twice under two names',
    });
  }
}

function checkLabels(columns: readonly Column[], report: Report): void {
  const hasHistogram = columns.some(({ usage }) => usage === 'histogram');
  const seen = new Set<string>();
  for (const { at, path, exported, usage } of columns) {
    if (usage !== 'label') continue;
    const refuse = (code: 'bad-label-name' | 'duplicate-label' | 'label-le', message: string, remedy: string): void => {
      report({ ...at, severity: 'error', code, key: path, message, remedy });
    };
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(exported)) {
      refuse('bad-label-name', `${JSON.stringify(exported)} is no label name`, 'rename it to letters, digits and _');
    } else if (exported.startsWith('__')) {
      refuse('bad-label-name', `the label ${exported} begins with __, which Prometheus keeps for itself`, 'rename it');
    }
    if (seen.has(exported)) refuse('duplicate-label', `two columns become the label ${exported}`, 'rename one of them');
    seen.add(exported);
    if (exported === 'le' && hasHistogram) {
      refuse('label-le', 'le is what names the buckets of the histogram in this branch', 'rename the label');
    }
  }
}

function checkFamilies(
  name: string,
  columns: readonly Column[],
  hasOthers: boolean,
  fields: Fields,
  report: Report,
): void {
  const values = columns.filter(({ usage }) => usage !== 'label' && usage !== 'discard');
  if (values.length === 0 && columns.length > 0) {
    const remedy = 'give at least one column the usage GAUGE, COUNTER or HISTOGRAM';
    fields.error('no-value-column', 'metrics', 'no column has a value', remedy);
  }
  const owners = new Map<string, Column>();
  for (const column of values) {
    const others = hasOthers && column.usage === 'counter' ? [otherName(name, column.exported, column.unit)] : [];
    const names = [...familyNames(name, column), ...others];
    const [base = ''] = names;
    if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(base)) {
      report({
        ...column.at,
        severity: 'error',
        code: 'bad-metric-name',
        key: column.path,
        message: `${JSON.stringify(base)} is no metric name`,
        remedy: /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)
          ? 'rename it to letters, digits, _ and :'
          : `give the branch another name than ${JSON.stringify(name)}`,
      });
    }
    const taken = names.find((family) => owners.has(family));
    if (taken !== undefined) {
      report({
        ...column.at,
        severity: 'error',
        code: 'family-collision',
        key: column.path,
        message: `${taken} is already a metric of the column ${owners.get(taken)?.column ?? ''}`,
        remedy: 'rename one of them',
      });
    }
    for (const family of names) owners.set(family, column);
  }
}
