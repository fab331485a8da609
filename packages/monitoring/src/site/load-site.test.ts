import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupIds } from '../rule-files.ts';
import { loadSite } from './load-site.ts';
import { defaultSite } from './site.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pgattest-site-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function load(text: string): Promise<unknown> {
  const file = join(dir, 'site.yml');
  await writeFile(file, text);
  return loadSite(file, groupIds()).catch((error: unknown) =>
    error instanceof Error ? error.message.replaceAll(`${dir}/`, '') : error,
  );
}

test('an empty site is the committed one', async () => {
  expect(await load('')).toEqual(defaultSite);
});

test('durations become seconds, and what is not said stays', async () => {
  const site = await load(
    [
      'rto: 1m30s',
      'rpo_bytes: 0',
      'thresholds: { backup_age: 2d, connections: 0.5, etcd_sync: 250ms }',
      'labels: { cls: cluster }',
      'targets: { patroni: { job: patroni } }',
      'vips: { pg-test: 10.0.0.9 }',
      'dashboards: https://grafana.example/',
      'language: zh',
      'dialect: vmalert',
      'groups: [alerts-patroni]',
    ].join('\n'),
  );
  expect(site).toEqual({
    ...defaultSite,
    rtoSeconds: 90,
    rpoBytes: 0,
    thresholds: { ...defaultSite.thresholds, backupAge: 172_800, connections: 0.5, etcdSync: 0.25 },
    labels: { ...defaultSite.labels, cls: 'cluster' },
    targets: { ...defaultSite.targets, patroni: { job: 'patroni' } },
    vips: { 'pg-test': '10.0.0.9' },
    dashboardsUrl: 'https://grafana.example',
    language: 'zh',
    dialect: 'vmalert',
    groups: ['alerts-patroni'],
  });
});

test.each([
  ['rto: soon', 'site.yml:1:6 /rto must be a duration such as 500ms, 10s, 5m, 1h or 180d'],
  ['rpo_bytes: -1', 'site.yml:1:12 /rpo_bytes must be >= 0'],
  [
    'thresholds:\n  backupage: 2d',
    'site.yml:2:3 /thresholds has an unknown key "backupage"; did you mean "backup_age"?',
  ],
  ['labels:\n  cls: a-b', 'site.yml:2:8 /labels/cls must match ^[A-Za-z_][A-Za-z0-9_]*$'],
  [
    'labels:\n  cls: node\n  ins: node',
    'site.yml:3:8 /labels/ins is "node", which is cls already; give each label a name of its own',
  ],
  ['labels:\n  ip: job', 'site.yml:2:7 /labels/ip is "job", which is job already; give each label a name of its own'],
  ['dialect: thanos', 'site.yml:1:10 /dialect must be one of prometheus, vmalert'],
  ['targets: { patroni: { port: 8008 } }', 'site.yml:1:21 /targets/patroni lacks the key "job"'],
  ['vips: { pg-test: "10.0.0.9/24" }', 'site.yml:1:18 /vips/pg-test must match ^[0-9a-fA-F.:]+$'],
  ['rto: [', 'site.yml:1:7 Flow sequence in block collection must be sufficiently indented and end with a ]'],
])('%j is refused with its place', async (text, message) => {
  expect(await load(text)).toContain(message);
});

test('a group that does not exist is refused with the nearest one', async () => {
  expect(await load('groups: [alerts-patrony]')).toContain('did you mean "alerts-patroni"?');
});

test('a file that is not there is said to be', async () => {
  await expect(loadSite(join(dir, 'none.yml'), [])).rejects.toMatchObject({ code: 'file_unreadable' });
});
