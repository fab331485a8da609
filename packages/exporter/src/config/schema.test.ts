import { collectors } from '@pgattest/catalog';
import { parseConfig } from '@pgattest/runtime';
import { expect, test } from 'vitest';
import { branchKeys, predicateKeys } from './branch.ts';
import { columnKeys } from './column.ts';
import { dumpCollectors } from './dump.ts';
import { collectorFileSchema } from './schema.ts';
import { topKeys } from './top.ts';

/** `path message` of what the schema refuses. */
function refused(text: string): readonly string[] {
  // The validator knows draft 7 and takes no other name for it.
  const { $schema: _, ...schema } = collectorFileSchema;
  const parsed = parseConfig({ text, file: 'c.yml', schema });
  return parsed.ok ? [] : parsed.issues.map(({ path }) => path);
}

const column = (fields: string): string => `x: {query: Q, metrics: [{v: {${fields}}}]}`;
const branch = (fields: string): string => `x: {query: Q, metrics: [{v: {usage: GAUGE}}], ${fields}}`;

test('the schema accepts the dump of the built-in collectors', () => {
  expect(refused(dumpCollectors(collectors))).toEqual([]);
});

test('the schema knows exactly the keys that the loader knows', () => {
  const { properties } = collectorFileSchema.additionalProperties;
  expect(Object.keys(properties).toSorted()).toEqual([...branchKeys].toSorted());
  expect(Object.keys(properties.predicate_queries.items.properties).toSorted()).toEqual([...predicateKeys].toSorted());
  expect(Object.keys(properties.top.properties).toSorted()).toEqual([...topKeys].toSorted());
  const columns = properties.metrics.items.additionalProperties.properties;
  expect(Object.keys(columns).toSorted()).toEqual([...columnKeys].toSorted());
});

test.each([
  ['an empty file', ''],
  ['every word for a boolean', branch('fatal: yes, skip: off')],
  ['usage in any case', column('usage: " Counter "')],
  ['numbers as text', column('usage: GAUGE, scale: "1e-3", default: NaN')],
  ['rows that are shown', branch('top: {rank_by: v, enters: 5, other_by: []}')],
  ['a histogram', column('usage: histogram, bucket: [0.1, 1]')],
])('the schema accepts %s', (_name, text) => {
  expect(refused(text)).toEqual([]);
});

test.each([
  ['a list of branches', '- x'],
  ['a null branch', 'x:'],
  ['no query', 'x: {metrics: [{v: {usage: GAUGE}}]}'],
  ['a blank query', 'x: {query: " ", metrics: [{v: {usage: GAUGE}}]}'],
  ['no metrics', 'x: {query: Q}'],
  ['empty metrics', 'x: {query: Q, metrics: []}'],
  ['metrics as a mapping', 'x: {query: Q, metrics: {v: {usage: GAUGE}}}'],
  ['a column of two keys', 'x: {query: Q, metrics: [{v: {usage: GAUGE}, w: {usage: GAUGE}}]}'],
  ['a column of no key', 'x: {query: Q, metrics: [{}]}'],
  ['a null column', 'x: {query: Q, metrics: [{v: }]}'],
  ['an unknown key', branch('tll: 10')],
  ['a quoted ttl', branch('ttl: "10"')],
  ['a negative ttl', branch('ttl: -1')],
  ['tags as a word', branch('tags: primary')],
  ['a version in words', branch('min_version: ten')],
  ['a boolean as a number', branch('fatal: 1')],
  ['a blank predicate', branch('predicate_queries: [{predicate_query: ""}]')],
  ['no number of rows that are shown', branch('top: {rank_by: v}')],
  ['a number of rows below one', branch('top: {rank_by: v, enters: 0}')],
  ['no usage', column('rename: w')],
  ['an unknown usage', column('usage: SUMMARY')],
  ['a scale in words', column('usage: GAUGE, scale: half')],
  ['a default with a unit', column('usage: GAUGE, default: 5s')],
  ['a histogram without bounds', column('usage: HISTOGRAM')],
  ['a bound in words', column('usage: HISTOGRAM, bucket: [one]')],
  ['equal bounds', column('usage: HISTOGRAM, bucket: [1, 1]')],
  ['an unknown unit', column('usage: GAUGE, unit: furlongs')],
])('the schema rejects %s', (_name, text) => {
  expect(refused(text)).not.toEqual([]);
});
