import { findNearest } from '@pgattest/runtime';
import { parseGoFloat } from '../go-number.ts';
import type { DiagnosticCode, Place, Report, Severity } from './diagnostic.ts';
import type { ConfigEntry, ConfigNode } from './yaml-tree.ts';

type MapNode = Extract<ConfigNode, { readonly kind: 'map' }>;

/** One mapping of the format while its keys are read; every reader gives undefined for absent, null and (reported) wrong. */
export interface Fields {
  /** Key path of the mapping itself, `pg_db.metrics[2]`. */
  readonly path: string;
  readonly at: Place;
  /** Place of the key's value, or of the mapping when the key is absent. */
  placeOf(key: string): Place;
  /** Anything but a list or a mapping, as it is written. */
  text(key: string): string | undefined;
  integer(key: string): number | undefined;
  float(key: string): number | undefined;
  bool(key: string): boolean | undefined;
  list(key: string): readonly ConfigNode[] | undefined;
  map(key: string): MapNode | undefined;
  /** Text that must be a number to Go's ParseFloat; empty counts as absent. */
  numberText(key: string): number | undefined;
  has(key: string): boolean;
  error(code: DiagnosticCode, key: string, message: string, remedy: string): void;
  warn(code: DiagnosticCode, key: string, message: string, remedy: string): void;
}

/** Readers for the keys of one mapping. Keys outside `known` are warned of, with the nearest known one. */
export function fieldsOf(node: MapNode, path: string, known: readonly string[], report: Report): Fields {
  const entries = new Map<string, ConfigEntry>(node.entries.map((entry) => [entry.key, entry]));
  const pathTo = (key: string): string => (key === '' ? path : `${path}.${key}`);
  const placeOf = (key: string): Place => entries.get(key)?.value.at ?? node.at;
  const say = (severity: Severity, code: DiagnosticCode, key: string, message: string, remedy: string): void => {
    report({ ...placeOf(key), severity, code, key: pathTo(key), message, remedy });
  };
  const error: Fields['error'] = (code, key, message, remedy) => say('error', code, key, message, remedy);
  const warn: Fields['warn'] = (code, key, message, remedy) => say('warning', code, key, message, remedy);
  const find = (key: string): ConfigNode | undefined => {
    const value = entries.get(key)?.value;
    return value === undefined || value.kind === 'null' ? undefined : value;
  };
  const scalar = (key: string, wanted: string): Extract<ConfigNode, { readonly kind: 'scalar' }> | undefined => {
    const value = find(key);
    if (value === undefined || value.kind === 'scalar') return value;
    error('wrong-type', key, `is a ${wordOf(value)}, not ${wanted}`, `write ${wanted} after ${key}:`);
    return undefined;
  };
  const numeric = (key: string, wanted: string): number | undefined => {
    const value = scalar(key, wanted);
    if (value === undefined) return undefined;
    const number = value.isPlain ? parseYamlNumber(value.text) : undefined;
    if (number === undefined) {
      const isQuotedNumber = !value.isPlain && parseYamlNumber(value.text) !== undefined;
      const remedy = isQuotedNumber ? 'remove the quotes' : `write ${wanted}`;
      error('wrong-type', key, `${JSON.stringify(value.text)} is text, not ${wanted}`, remedy);
      return undefined;
    }
    const octal = octalOf(value.text);
    if (octal !== undefined && octal !== number) {
      const message = `${value.text} is read as ${number}, but pg_exporter reads its leading zero as octal ${octal}`;
      warn('octal-looking', key, message, `write ${number}`);
    }
    return number;
  };

  for (const { key, keyAt, value } of node.entries) {
    if (known.includes(key)) continue;
    const nearest = findNearest(key, known);
    // `{description: Time waited, in seconds}` has a key `in seconds`; the files that pg_exporter ships do that.
    if (value.kind === 'null' && (nearest === undefined || /\s/.test(key))) {
      const message = `the comma before "${key}" ends the text, which goes on there`;
      const remedy = 'put the whole text in quotes';
      report({ ...keyAt, severity: 'note', code: 'text-cut', key: pathTo(key), message, remedy });
      continue;
    }
    const remedy = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`;
    report({
      ...keyAt,
      severity: 'warning',
      code: 'unknown-key',
      key: pathTo(key),
      message: `the key ${key} is not known and ignored`,
      remedy,
    });
  }

  return {
    path,
    at: node.at,
    placeOf,
    error,
    warn,
    has: (key) => find(key) !== undefined,
    text: (key) => scalar(key, 'text')?.text,
    float: (key) => numeric(key, 'a number'),
    integer(key) {
      const number = numeric(key, 'a whole number');
      if (number === undefined) return undefined;
      if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) {
        error('wrong-type', key, `${number} is not a whole number`, 'write a whole number');
        return undefined;
      }
      const whole = Math.trunc(number);
      if (whole !== number) warn('fraction-dropped', key, `${number} is cut to ${whole}`, `write ${whole}`);
      return whole;
    },
    bool(key) {
      const value = scalar(key, 'true or false');
      if (value === undefined) return undefined;
      const word = parseYamlBool(value.text, value.isPlain);
      if (word === undefined) {
        error('wrong-type', key, `${JSON.stringify(value.text)} is not true or false`, 'write true or false');
      }
      return word;
    },
    list(key) {
      const value = find(key);
      if (value === undefined) return undefined;
      if (value.kind === 'list') return value.items;
      error('wrong-type', key, `is a ${wordOf(value)}, not a list`, `write one item a line, each after "- "`);
      return undefined;
    },
    map(key) {
      const value = find(key);
      if (value === undefined) return undefined;
      if (value.kind === 'map') return value;
      error('wrong-type', key, `is a ${wordOf(value)}, not a mapping`, 'write one "key: value" a line');
      return undefined;
    },
    numberText(key) {
      const text = scalar(key, 'a number')?.text;
      if (text === undefined || text === '') return undefined;
      const number = parseGoFloat(text);
      if (number === undefined) {
        error('bad-number', key, `${JSON.stringify(text)} is not a number`, 'write a number such as 0.001 or 1e-3');
      }
      return number;
    },
  };
}

const kindWords: Readonly<Record<ConfigNode['kind'], string>> = {
  null: 'null',
  scalar: 'single value',
  list: 'list',
  map: 'mapping',
};

/** What a node is, in words. */
export function wordOf(node: ConfigNode): string {
  return kindWords[node.kind];
}

/** A plain scalar as yaml.v3 reads it into a number field, but `010500` is decimal. Undefined when it is no number. */
export function parseYamlNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const based = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.exec(plain);
  if (based !== null) return (based[1] === '-' ? -1 : 1) * Number(based[2]);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  if (/^\.(?:nan|NaN|NAN)$/.test(plain)) return Number.NaN;
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** Words of YAML 1.2, and those of 1.1 that yaml.v3 takes for a field that is a boolean, quoted or not. */
function parseYamlBool(text: string, isPlain: boolean): boolean | undefined {
  if (isPlain && /^(?:true|True|TRUE)$/.test(text)) return true;
  if (isPlain && /^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^(?:y|Y|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  return /^(?:n|N|no|No|NO|off|Off|OFF)$/.test(text) ? false : undefined;
}

/** What Go makes of digits after a leading zero; undefined when it does not take them for octal. */
function octalOf(text: string): number | undefined {
  const match = /^([-+]?)0([0-7_]+)$/.exec(text);
  if (match === null) return undefined;
  return (match[1] === '-' ? -1 : 1) * Number.parseInt((match[2] ?? '').replaceAll('_', ''), 8);
}
