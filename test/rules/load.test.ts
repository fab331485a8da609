import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultSite, ruleFilesOf, type Site } from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pgattest-load-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function run(program: string, debian: string, ...args: readonly string[]): { code: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: dir, encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${program} did not start: ${error.message}; install the Debian package ${debian}`);
  return { code: status, output: `${stdout}${stderr}` };
}

/** Writes the rules of a site; the names of the rule files. */
function write(name: string, site: Site): readonly string[] {
  const files = ruleFilesOf(site);
  for (const { path, content } of files) {
    mkdirSync(dirname(join(dir, name, path)), { recursive: true });
    writeFileSync(join(dir, name, path), content);
  }
  return files.map(({ path }) => `${name}/${path}`).filter((path) => /pgattest-[\w-]+\.yml$/.test(path));
}

const renamed: Site = {
  ...defaultSite,
  labels: { job: 'task', instance: 'target', cls: 'cluster', ins: 'node', ip: 'address' },
  vips: { 'pg-test': '198.51.100.50', 'pg-other': '198.51.100.51' },
  language: 'zh',
  dashboardsUrl: 'https://grafana.example',
  rtoSeconds: 7,
};

describe.each([
  ['committed', defaultSite],
  ['renamed', renamed],
] as const)('the rules of a %s site', (name, site) => {
  test('load in Prometheus', () => {
    const files = write(`${name}-prometheus`, site);
    expect(files.length).toBeGreaterThan(10);
    const { code, output } = run('promtool', 'prometheus', 'check', 'rules', ...files);
    expect(output.match(/SUCCESS/g)?.length).toBe(files.length);
    expect(code).toBe(0);
  });

  test.each(['prometheus', 'vmalert'] as const)('load in vmalert in the dialect of %s', (dialect) => {
    const folder = `${name}-${dialect}-vmalert`;
    write(folder, { ...site, dialect });
    const { code, output } = run('vmalert', 'victoria-metrics', '-dryRun', `-rule=${join(dir, folder)}/*.yml`);
    expect(output).not.toMatch(/error|fatal|panic/i);
    expect(code).toBe(0);
  });

  test('Alertmanager takes the inhibitions', () => {
    const folder = `${name}-alertmanager`;
    write(folder, site);
    const inhibitions = ruleFilesOf(site).find(({ path }) => path === 'alertmanager/inhibit-rules.yml')?.content ?? '';
    writeFileSync(join(dir, 'alertmanager.yml'), `route: { receiver: none }\nreceivers: [{ name: none }]\n${inhibitions}`);
    const { code, output } = run('amtool', 'prometheus-alertmanager', 'check-config', 'alertmanager.yml');
    expect(output).toMatch(/SUCCESS[^]*- 5\d inhibit rules/);
    expect(code).toBe(0);
  });
});

test('vmalert refuses what it cannot load', () => {
  mkdirSync(join(dir, 'wrong'));
  writeFileSync(join(dir, 'wrong', 'wrong.yml'), 'groups: [{ name: a, rules: [{ alert: A, expr: "up ===" }] }]\n');
  expect(run('vmalert', 'victoria-metrics', '-dryRun', `-rule=${join(dir, 'wrong')}/*.yml`).code).not.toBe(0);
});
