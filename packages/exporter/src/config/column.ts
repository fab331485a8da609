import type { Unit } from '@pgattest/catalog';
import { findNearest } from '@pgattest/runtime';
import type { Place, Report } from './diagnostic.ts';
import { fieldsOf, parseYamlNumber, wordOf, type Fields } from './fields.ts';
import type { ConfigNode } from './yaml-tree.ts';

/** What a result column becomes. */
export type Usage = 'label' | 'gauge' | 'counter' | 'histogram' | 'discard';

/** One item of `metrics`, checked. */
export interface Column {
  /** Where the item stands. */
  readonly at: Place;
  readonly path: string;
  /** Name of the result column that is looked up. */
  readonly column: string;
  readonly usage: Usage;
  /** Name of the label, or of the metric without the branch's name. */
  readonly exported: string;
  readonly help: string;
  readonly scale: number | undefined;
  readonly default: number | undefined;
  readonly buckets: readonly number[];
  readonly unit: Unit;
  readonly states: Readonly<Record<number, string>> | undefined;
}

/** Keys of a column; `unit` and `states` are ours and ignored by pg_exporter. */
export const columnKeys = [
  'name',
  'usage',
  'rename',
  'scale',
  'default',
  'bucket',
  'description',
  'unit',
  'states',
] as const;

/** Values of `unit`. */
export const units: readonly Unit[] = [
  'bytes',
  'seconds',
  'milliseconds',
  'ratio',
  'count',
  'bool',
  'state',
  'timestamp_seconds',
  'lsn',
  'xid',
  'id',
  'info',
  'unknown',
];

const usageWords: ReadonlyMap<string, Usage> = new Map([
  ['LABEL', 'label'],
  ['GAUGE', 'gauge'],
  ['COUNTER', 'counter'],
  ['HISTOGRAM', 'histogram'],
  ['DISCARD', 'discard'],
]);

/** Reads one item of `metrics`: a mapping of exactly one column name. Undefined when it is refused. */
export function readColumn(node: ConfigNode, path: string, report: Report): Column | undefined {
  const refuse = (code: 'not-one-key' | 'null-column', at: Place, message: string, remedy: string): undefined => {
    report({ ...at, severity: 'error', code, key: path, message, remedy });
    return undefined;
  };
  const form = 'write "- column: {usage: GAUGE}"';
  if (node.kind !== 'map') return refuse('not-one-key', node.at, `is a ${wordOf(node)}, not one column`, form);
  const [entry, ...more] = node.entries;
  if (entry === undefined) return refuse('not-one-key', node.at, 'is an empty mapping, not one column', form);
  if (more.length > 0) {
    const names = node.entries.map(({ key }) => key).join(', ');
    return refuse(
      'not-one-key',
      node.at,
      `has ${node.entries.length} keys (${names}), not one`,
      'start each column with "- " and indent its fields below it',
    );
  }
  const { key, keyAt, value } = entry;
  if (value.kind !== 'map') {
    const code = value.kind === 'null' ? 'null-column' : 'not-one-key';
    return refuse(code, keyAt, `the column ${key} is ${wordOf(value)}`, 'give it at least a usage, indented below it');
  }
  return columnOf(fieldsOf({ ...value, at: keyAt }, `${path}.${key}`, columnKeys, report), key);
}

function columnOf(fields: Fields, key: string): Column | undefined {
  const usage = readUsage(fields);
  const column = nonEmpty(fields.text('name')) ?? key;
  const scale = fields.numberText('scale');
  const whenNull = fields.numberText('default');
  const states = readStates(fields);
  const buckets = readBuckets(fields, usage);
  const unit = readUnit(fields);
  if (usage === undefined) return undefined;
  if (usage === 'label' || usage === 'discard') {
    for (const ignored of ['scale', 'default', 'unit', 'states']) {
      if (fields.has(ignored)) {
        fields.warn('ignored-key', ignored, `is ignored for a ${usage.toUpperCase()} column`, 'remove it');
      }
    }
  }
  return {
    at: fields.at,
    path: fields.path,
    column,
    usage,
    exported: nonEmpty(fields.text('rename')) ?? column,
    help: fields.text('description') ?? '',
    scale,
    default: whenNull,
    buckets,
    unit,
    states,
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function readUsage(fields: Fields): Usage | undefined {
  const words = [...usageWords.keys()];
  const text = fields.text('usage')?.trim() ?? '';
  const usage = usageWords.get(text.toUpperCase());
  if (usage !== undefined) return usage;
  const remedy = `write one of ${words.join(', ')}`;
  if (text === '') {
    fields.error('bad-usage', 'usage', 'is missing or empty', remedy);
  } else {
    const nearest = findNearest(text, words);
    fields.error(
      'bad-usage',
      'usage',
      `${JSON.stringify(text)} is no usage`,
      nearest === undefined ? remedy : `did you mean ${nearest}?`,
    );
  }
  return undefined;
}

function readUnit(fields: Fields): Unit {
  const text = fields.text('unit');
  if (text === undefined) return 'unknown';
  const unit = units.find((word) => word === text);
  if (unit !== undefined) return unit;
  const nearest = findNearest(text, units);
  const remedy = nearest === undefined ? `known are ${units.join(', ')}` : `did you mean ${nearest}?`;
  fields.warn('bad-unit', 'unit', `${JSON.stringify(text)} is no unit and taken as unknown`, remedy);
  return 'unknown';
}

function readStates(fields: Fields): Readonly<Record<number, string>> | undefined {
  const map = fields.map('states');
  if (map === undefined) return undefined;
  const states: Record<string, string> = {};
  for (const { key, value } of map.entries) {
    if (value.kind !== 'scalar' || !/^-?\d+$/.test(key)) {
      fields.error(
        'wrong-type',
        'states',
        `${JSON.stringify(key)} does not give a number a word`,
        'write "1: running"',
      );
      return undefined;
    }
    states[key] = value.text;
  }
  return states;
}

/** At least one, finite, increasing: the last bucket is always +Inf and must not be listed. */
function readBuckets(fields: Fields, usage: Usage | undefined): readonly number[] {
  const items = fields.list('bucket');
  if (usage !== 'histogram') {
    if (items !== undefined && usage !== undefined) {
      fields.warn(
        'ignored-key',
        'bucket',
        `is ignored for a ${usage.toUpperCase()} column`,
        'remove it or use HISTOGRAM',
      );
    }
    return [];
  }
  const bounds = (items ?? []).map((item) =>
    item.kind === 'scalar' && item.isPlain ? parseYamlNumber(item.text) : undefined,
  );
  const refuse = (message: string, remedy: string): readonly number[] => {
    fields.error('bad-bucket', 'bucket', message, remedy);
    return [];
  };
  if (bounds.length === 0) return refuse('has no bound', 'list upper bounds, for example [0.1, 1, 10]');
  const numbers = bounds.filter((bound) => bound !== undefined);
  if (numbers.length < bounds.length) return refuse('holds something that is not a number', 'list plain numbers');
  if (!numbers.every(Number.isFinite))
    return refuse('holds a bound that is not finite', 'remove it; +Inf is always added');
  const unordered = numbers.find((bound, index) => index > 0 && bound <= (numbers[index - 1] ?? -Infinity));
  if (unordered !== undefined)
    return refuse(`is not increasing at ${unordered}`, 'sort the bounds and remove repeated ones');
  return numbers;
}
