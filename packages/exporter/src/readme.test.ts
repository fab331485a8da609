import { readFile } from 'node:fs/promises';
import {
  exporterSelfMetrics,
  pgbouncerConsoleMetrics,
  pgbouncerOurCollectors,
  tlsEndpointMetrics,
} from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { pgExporterFlags } from './flags.ts';
import { pgbouncerExporterFlags } from './pgbouncer/flags.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the README names every flag with its environment variable', () => {
  const missing = pgExporterFlags({ listen: ':9630', isLogLenient: true }).flatMap(({ flags, env }) => {
    const name = flags.replace(/ <.*$/, '');
    const variables = env === undefined || !readme.includes(`| \`${name}\``) ? [] : [env];
    return [name, ...variables].filter((word) => !readme.includes(`\`${word}\``));
  });
  expect(missing).toEqual([]);
});

test('the README names every self metric', () => {
  const names = [...Object.values(exporterSelfMetrics), ...Object.values(tlsEndpointMetrics)].map(({ name }) => name);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the README names every flag of the PgBouncer exporter and every self metric that only it has', () => {
  const flags = pgbouncerExporterFlags(':9631').filter(({ isHidden }) => isHidden !== true);
  const names = [
    ...flags.map((flag) => flag.flags.replace(/ <.*$/, '')),
    ...Object.values(pgbouncerConsoleMetrics).map(({ name }) => name),
  ];
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the README names what the PgBouncer exporter has beyond those it replaces', () => {
  const words = [...readme.matchAll(/`(pgbouncer_[a-z_{},*]+)`/gu)].flatMap(([, word = '']) => expand(word));
  const missing = pgbouncerOurCollectors.filter(
    ({ id, metrics }) =>
      !Object.keys(metrics).every((key) => words.some((word) => `${id}_${key}`.startsWith(word.replace(/\*$/u, '')))),
  );
  expect(missing.map(({ id }) => id)).toEqual([]);
});

/** `a_{b,c}_*` as `a_b_*` and `a_c_*`. */
function expand(word: string): readonly string[] {
  const match = /^([^{]*)\{([^}]*)\}(.*)$/u.exec(word);
  if (match === null) return [word];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => expand(`${before}${choice}${after}`));
}
