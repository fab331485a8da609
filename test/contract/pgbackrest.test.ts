import { backrestMetrics, type MetricRef } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { backrestContract } from './pgbackrest-contract.ts';

/*
 * The promise to users of pgbackrest_exporter: the same names and labels, all gauges. Here as data; test/e2e asks a real
 * pgBackRest, packages/exporter/src/pgbackrest/page.test.ts the answers of other versions.
 */

const metrics: readonly MetricRef[] = Object.values(backrestMetrics).flatMap((group) =>
  Object.values<MetricRef>(group),
);
const ours = new Map(metrics.map((metric) => [metric.name, metric]));

test('every metric of pgbackrest_exporter, also of its later and older versions, is in the catalogue', () => {
  const wrong = backrestContract.filter(({ name, labels }) => {
    const metric = ours.get(name);
    return metric?.kind !== 'gauge' || JSON.stringify(metric.labels.toSorted()) !== JSON.stringify(labels);
  });
  expect(wrong).toEqual([]);
  expect(backrestContract).toHaveLength(46);
});

test('no name is there twice, and none is an invention under a former group', () => {
  expect(metrics).toHaveLength(ours.size);
  const promised = new Set(backrestContract.map(({ name }) => name));
  const compatible: readonly MetricRef[] = [
    ...Object.values(backrestMetrics.backup),
    ...Object.values(backrestMetrics.last),
    ...Object.values(backrestMetrics.stanza),
    ...Object.values(backrestMetrics.former),
  ];
  expect(compatible.filter(({ name }) => !promised.has(name)).map(({ name }) => name)).toEqual([]);
});

test('every metric says what it is in one sentence and ends in its unit', () => {
  const suffixes: Partial<Record<MetricRef['unit'], RegExp>> = {
    seconds: /_seconds$/,
    bytes: /_bytes$/,
    timestamp_seconds: /_timestamp_seconds$/,
    ratio: /_ratio$/,
    info: /_info$/,
  };
  expect(metrics.filter(({ help }) => !/^[A-Z][^\n]*[^.\s]$/u.test(help)).map(({ name }) => name)).toEqual([]);
  expect(metrics.filter(({ name, unit }) => suffixes[unit]?.test(name) === false).map(({ name }) => name)).toEqual([]);
});

test('no label holds a message of pgBackRest, which may hold anything', () => {
  const labels = new Set(metrics.flatMap((metric) => metric.labels));
  for (const word of ['message', 'reason_text', 'error_text', 'path']) expect(labels).not.toContain(word);
});
