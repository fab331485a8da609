import { defineCollector, gauge } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { InvalidResultError } from './failure.ts';
import { readAnswer } from './predicates.ts';

const predicate = { name: 'has rows', sql: '' };
const spec = defineCollector({
  id: 'my_x',
  source: 'postgres',
  scope: 'instance',
  help: 'A test collector',
  cacheSeconds: 0,
  timeoutSeconds: 1,
  priority: 1,
  predicates: [predicate],
  labels: {},
  metrics: { value: gauge('count', 'A value') },
  variants: [{ branch: 'my_x', sql: '' }],
});
const bool = { name: 'ok', typeOid: 16 };

test.each<[string, readonly (readonly (string | null)[])[], boolean]>([
  ['true', [['t']], true],
  ['false', [['f']], false],
  ['NULL', [[null]], false],
  ['no row', [], false],
])('%s', (_what, rows, answer) => {
  expect(readAnswer({ columns: [bool], rows }, spec, predicate)).toBe(answer);
});

test.each([
  ['two columns', [bool, bool], [['t', 't']]],
  ['two rows', [bool], [['t'], ['t']]],
  ['a number', [{ name: 'ok', typeOid: 23 }], [['1']]],
])('%s is an error that names predicate and collector', (_what, columns, rows) => {
  expect(() => readAnswer({ columns, rows }, spec, predicate)).toThrow(InvalidResultError);
  expect(() => readAnswer({ columns, rows }, spec, predicate)).toThrow('predicate has rows of my_x');
});
