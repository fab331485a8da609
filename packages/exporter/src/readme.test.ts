import { readFile } from 'node:fs/promises';
import { exporterSelfMetrics, tlsEndpointMetrics } from '@pgattest/catalog';
import { expect, test } from 'vitest';
import { pgExporterFlags } from './flags.ts';

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
