import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditCommands } from './commands/index.ts';
import { loadAuditConfig } from './config/load.ts';
import { auditConfigSchema } from './config/schema.ts';
import { auditRules } from './rules.ts';

const readme = readFile(new URL('../README.md', import.meta.url), 'utf8');

it('the configuration of the README is valid', async () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/su.exec(await readme) ?? [];
  const directory = await mkdtemp(join(tmpdir(), 'pgattest-readme-'));
  try {
    await writeFile(join(directory, 'audit.yml'), yaml);
    const config = await loadAuditConfig(join(directory, 'audit.yml'), auditRules);
    expect(config.clusters.map(({ name }) => name)).toEqual(['pg-demo']);
    expect(auditRules.checks.map(({ id }) => id)).toEqual(
      expect.arrayContaining(config.waivers.map(({ check }) => check)),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

it('the configuration of docs/configuration.md is valid and declares every component', async () => {
  const text = await readFile(new URL('../docs/configuration.md', import.meta.url), 'utf8');
  const [, yaml = ''] = /```yaml\n(.*?)```/su.exec(text) ?? [];
  const directory = await mkdtemp(join(tmpdir(), 'pgattest-readme-'));
  try {
    await writeFile(join(directory, 'audit.yml'), yaml);
    const { clusters } = await loadAuditConfig(join(directory, 'audit.yml'), auditRules);
    const schema = Object.keys(auditConfigSchema.properties.clusters.items.properties).filter(
      (key) => key !== 'instances',
    );
    expect(new Set(clusters.flatMap((cluster) => Object.keys(cluster)))).toEqual(new Set(schema));
    for (const key of schema.filter((word) => word !== 'name')) expect(text).toContain(`| \`${key}\``);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

it('the README shows every command', async () => {
  const text = await readme;
  expect(auditCommands.filter(({ name }) => !text.includes(`pgattest audit ${name} `))).toEqual([]);
});
