import type { Predicate, TopK } from '@pgattest/catalog';
import { readColumn, type Column } from './column.ts';
import { checkColumns } from './column-names.ts';
import { readConditions, type Conditions } from './conditions.ts';
import type { Place, Report } from './diagnostic.ts';
import { fieldsOf, wordOf, type Fields } from './fields.ts';
import { readTop } from './top.ts';
import type { ConfigEntry } from './yaml-tree.ts';

/** One top-level entry of a configuration file, checked: one SQL text and the servers it is for. */
export interface Branch {
  /** Top-level key, unique. */
  readonly key: string;
  readonly at: Place;
  /** Where its SQL stands. */
  readonly sqlAt: Place;
  /** Metric prefix. */
  readonly name: string;
  readonly help: string;
  readonly sql: string;
  readonly cacheSeconds: number;
  /** Infinity when switched off. */
  readonly timeoutSeconds: number;
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly conditions: Conditions;
  readonly isFatal: boolean;
  readonly isSkipped: boolean;
  /** 0 = not given. */
  readonly priority: number;
  readonly predicates: readonly Predicate[];
  readonly columns: readonly Column[];
  /** Which rows are shown; undefined = all. */
  readonly topK: TopK<string, string> | undefined;
}

/** Keys of a branch; `top` is ours. */
export const branchKeys = [
  'name',
  'desc',
  'query',
  'ttl',
  'timeout',
  'min_version',
  'max_version',
  'tags',
  'fatal',
  'skip',
  'priority',
  'predicate_queries',
  'top',
  'metrics',
] as const;

/** Keys of an item of `predicate_queries`. */
export const predicateKeys = ['name', 'predicate_query', 'ttl'] as const;

/** Seconds a branch gets that does not say. */
export const defaultTimeoutSeconds = 0.1;

/** Reads one top-level entry. Undefined when there is nothing to read; other errors are only reported. */
export function readBranch({ key, keyAt, value }: ConfigEntry, report: Report): Branch | undefined {
  if (value.kind !== 'map') {
    const problem =
      value.kind === 'null'
        ? ({
            code: 'null-branch',
            message: 'the branch is null',
            remedy: 'remove it, or indent its fields below it',
          } as const)
        : ({
            code: 'wrong-type',
            message: `is a ${wordOf(value)}, not a branch`,
            remedy: 'indent its fields (query, metrics) below it',
          } as const);
    report({ ...keyAt, severity: 'error', key, ...problem });
    return undefined;
  }
  const fields = fieldsOf({ ...value, at: keyAt }, key, branchKeys, report);
  const sql = readSql(fields, 'query', 'the SQL that returns the columns');
  const name = fields.text('name');
  const timeoutSeconds = readFinite(fields, 'timeout') ?? 0;
  const since = versionOf(fields, 'min_version');
  const until = versionOf(fields, 'max_version');
  if (since !== undefined && until !== undefined && since >= until) {
    const message = `no version is at least ${since} and below ${until}, so the branch never runs`;
    fields.warn('empty-version-range', 'max_version', message, 'max_version is exclusive; raise it');
  }
  const columns = readColumns(fields, report);
  const branch: Branch = {
    key,
    at: keyAt,
    sqlAt: fields.placeOf('query'),
    name: name === undefined || name === '' ? key : name,
    help: fields.text('desc') ?? '',
    sql: sql.trim(),
    cacheSeconds: readTtl(fields),
    timeoutSeconds: timeoutOf(timeoutSeconds),
    since,
    until,
    conditions: readConditions(fields),
    isFatal: fields.bool('fatal') ?? false,
    isSkipped: fields.bool('skip') ?? false,
    priority: fields.integer('priority') ?? 0,
    predicates: readPredicates(fields, report),
    columns,
    topK: readTop(fields, columns, report),
  };
  checkColumns(branch, fields, report);
  return branch;
}

/** 0 and absent mean the default, below 0 means no limit. */
function timeoutOf(seconds: number): number {
  if (seconds < 0) return Number.POSITIVE_INFINITY;
  return seconds === 0 ? defaultTimeoutSeconds : seconds;
}

/** A version bound; 0 and absent are no bound. */
function versionOf(fields: Fields, key: string): number | undefined {
  const version = fields.integer(key) ?? 0;
  return version === 0 ? undefined : version;
}

function readFinite(fields: Fields, key: string): number | undefined {
  const seconds = fields.float(key);
  if (seconds === undefined || Number.isFinite(seconds)) return seconds;
  fields.error('not-finite', key, `${seconds} is no number of seconds`, 'write seconds such as 10 or 0.5');
  return undefined;
}

function readTtl(fields: Fields): number {
  const seconds = readFinite(fields, 'ttl') ?? 0;
  if (seconds >= 0) return seconds;
  fields.error('negative-ttl', 'ttl', `${seconds} is below 0`, 'write 0 to switch the cache off');
  return 0;
}

function readSql(fields: Fields, key: string, what: string): string {
  const sql = fields.text(key) ?? '';
  if (sql.trim() === '') {
    const word = fields.has(key) ? 'is blank' : 'is missing';
    fields.error('blank-query', key, word, `write ${what} after "${key}: |"`);
  }
  const token = /\{\{\s*[A-Za-z_.][^{}]*\}\}|\{%[^{}]*%\}|<%[^<>]*%>/.exec(sql);
  if (token !== null) {
    fields.warn('template-token', key, `holds ${token[0]}, which no template has filled in`, 'render the file first');
  }
  return sql;
}

function readPredicates(fields: Fields, report: Report): readonly Predicate[] {
  return (fields.list('predicate_queries') ?? []).map((item, index): Predicate => {
    const path = `${fields.path}.predicate_queries[${index}]`;
    if (item.kind !== 'map' && item.kind !== 'null') {
      const message = `is a ${wordOf(item)}, not a predicate`;
      report({
        ...item.at,
        severity: 'error',
        code: 'wrong-type',
        key: path,
        message,
        remedy: 'write "- predicate_query: SELECT …"',
      });
      return { name: String(index), sql: '' };
    }
    const map = { kind: 'map', at: item.at, entries: item.kind === 'map' ? item.entries : [] } as const;
    const own = fieldsOf(map, path, predicateKeys, report);
    const name = own.text('name');
    const cacheSeconds = readTtl(own);
    return {
      name: name === undefined || name === '' ? String(index) : name,
      sql: readSql(own, 'predicate_query', 'the SQL that returns one boolean').trim(),
      ...(cacheSeconds > 0 ? { cacheSeconds } : {}),
    };
  });
}

function readColumns(fields: Fields, report: Report): readonly Column[] {
  const listed = fields.list('metrics');
  const items = listed ?? [];
  const isWrongType = listed === undefined && fields.has('metrics');
  if (items.length === 0 && !isWrongType) reportNoMetrics(fields);
  return items
    .map((item, index) => readColumn(item, `${fields.path}.metrics[${index}]`, report))
    .filter((column) => column !== undefined);
}

function reportNoMetrics(fields: Fields): void {
  const word = fields.has('metrics') ? 'is empty' : 'is missing';
  fields.error('no-metrics', 'metrics', word, 'list at least one column, for example "- count: {usage: GAUGE}"');
}
