import { backrestMetrics, type MetricRef } from '@pgattest/catalog';
import { backrestFailureClasses } from '@pgattest/connect';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { backrestFlags } from './flags.ts';
import { parseSchedule } from './schedule-file.ts';

const text = readFileSync(new URL('../../docs/pgbackrest.md', import.meta.url), 'utf8');

test('the page names every flag with its variable', () => {
  const flags = backrestFlags({ listen: ':9854', isLogLenient: true }).filter(({ isHidden }) => isHidden !== true);
  const names = flags.flatMap(({ flags: words, env }) => [
    words.replace(/^-\w, /, '').replace(/ <.*$/, ''),
    ...(env === undefined ? [] : [env]),
  ]);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('the page names every metric with what it means', () => {
  const metrics = Object.values(backrestMetrics).flatMap((group) => Object.values<MetricRef>(group));
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const missing = metrics.filter(
    ({ name, help }) => !rows.some((row) => row.includes(`\`${name}\` `) && row.includes(help)),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('the page names every class of error', () => {
  const shown = backrestFailureClasses.filter((one) => one !== 'aborted');
  expect(shown.filter((one) => !text.includes(`\`${one}\``))).toEqual([]);
});

test('the schedule on the page can be used', () => {
  const yaml = /```yaml\n(?<yaml>[\s\S]*?)```/.exec(text)?.groups?.['yaml'] ?? '';
  expect(parseSchedule(yaml, 'docs').entries).toHaveLength(2);
});
