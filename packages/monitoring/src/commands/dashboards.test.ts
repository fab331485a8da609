import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { exitCode, type CommandContext } from '@pgattest/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PanelDataResult } from '../panel-data/check-panel-data.ts';
import { dashboardsCommand } from './dashboards.ts';
import { dashboardsCheckCommand, exitOf } from './dashboards-check.ts';
import { dashboardsPreviewCommand } from './dashboards-preview.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pgattest-dashboards-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const contextOf = (options: Readonly<Record<string, unknown>>): CommandContext => ({
  args: [],
  options,
  env: {},
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  stdin: new PassThrough(),
  signal: AbortSignal.timeout(30_000),
});

describe('pgattest dashboards', () => {
  test('writes every dashboard and what Grafana needs to load them, for the site', async () => {
    const site = join(dir, 'site.yml');
    await writeFile(site, 'labels: { cls: cluster }\nlanguage: zh\nthresholds: { connections: 0.6 }\n');
    const out = join(dir, 'out');
    const context = contextOf({ out, site, dataSource: 'my-vm', scrapeInterval: '30s' });
    expect(await dashboardsCommand.run(context)).toBe(exitCode.ok);

    expect((await readdir(join(out, 'dashboards'))).length).toBe(10);
    const cluster = await readFile(join(out, 'dashboards/pgattest-cluster-overview.json'), 'utf8');
    expect(cluster).toContain('"title": "pgattest：集群总览"');
    expect(cluster).toContain('"value": "my-vm"');
    expect(cluster).toContain('pg_up{cluster=\\"$cls\\"}');
    expect(cluster).toContain('从 60 % 起');
    const source = await readFile(join(out, 'provisioning/datasources/pgattest.yml'), 'utf8');
    expect(source).toContain('uid: my-vm');
    expect(source).toContain('timeInterval: 30s');
    expect(await readFile(join(out, 'provisioning/dashboards/pgattest.yml'), 'utf8')).toContain('type: file');
  });

  test.each([
    [{}, /--out is missing/u],
    [{ out: '/tmp/x', scrapeInterval: 'often' }, /--scrape-interval takes a duration such as 10s, not "often"/u],
    [{ out: '/tmp/x', site: '/nowhere/site.yml' }, /cannot read the site file \/nowhere\/site\.yml/u],
  ])('refuses %j before it writes anything', async (options, message) => {
    await expect(dashboardsCommand.run(contextOf(options))).rejects.toThrow(message);
  });
});

test.each([
  [{}, /--url is missing/u],
  [{ url: 'ftp://x' }, /--url takes an http or https URL, not "ftp:\/\/x"/u],
  [{ url: 'http://127.0.0.1:1', set: ['cls'] }, /--set takes name=value, not "cls"/u],
])('check refuses %j', async (options, message) => {
  await expect(dashboardsCheckCommand.run(contextOf(options))).rejects.toThrow(message);
});

test('preview needs a folder', async () => {
  await expect(dashboardsPreviewCommand.run(contextOf({ url: 'http://127.0.0.1:1' }))).rejects.toThrow(
    /--out is missing/u,
  );
});

test('a server that does not answer is no empty dashboard', async () => {
  const context = contextOf({ url: 'http://127.0.0.1:1' });
  expect(await dashboardsCheckCommand.run(context)).toBe(exitCode.incomplete);
});

const result = (verdict: PanelDataResult['verdict']): PanelDataResult => ({
  dashboard: 'd',
  row: 'r',
  panel: 'p',
  query: 0,
  expr: 'up',
  when: undefined,
  verdict,
  series: 0,
  reason: '',
});

test.each([
  [['data', 'absent'], exitCode.ok],
  [['data', 'empty'], exitCode.findings],
  [['empty', 'unanswered'], exitCode.incomplete],
] as const)('results %j end with exit code %d', (verdicts, code) => {
  expect(exitOf(verdicts.map(result))).toBe(code);
});
