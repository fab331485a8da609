import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditRules, defaultAuditConfig, settingsOf, startAuditor, type RunningAuditor } from '@pgattest/audit';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { createLogger, parseExposition, urlOf } from '@pgattest/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { notInDemo } from './audit-harness.ts';

let cluster: DemoCluster;
let directory = '';
let auditor: RunningAuditor;
let url = '';
let log = '';
beforeAll(async () => {
  cluster = await startDemoCluster();
}, 300_000);
afterAll(async () => {
  await cluster.stop();
}, 300_000);
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-e2e-service-'));
  const instances = cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') }));
  const config = await defaultAuditConfig([{ name: cluster.name, instances, absent: [...notInDemo] }], auditRules, {
    evidence_dir: join(directory, 'evidence'),
    report_dir: join(directory, 'reports'),
    listen: '127.0.0.1:0',
    interval: '1h',
    connect_timeout: '20s',
  });
  const stream = new PassThrough();
  log = '';
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const logger = createLogger({ level: 'debug', format: 'json', stream });
  auditor = await startAuditor({ settings: settingsOf(config, ['mlps-l3', 'soc2']), env: {}, logger });
  url = auditor.addresses.map((address) => urlOf(address))[0] ?? '';
  await auditor.runNow();
}, 300_000);
afterEach(async () => {
  await auditor.close();
  await rm(directory, { recursive: true, force: true });
});

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, body: await response.text() };
}
async function metric(name: string, labels: Readonly<Record<string, string>> = {}) {
  const family = parseExposition((await get('/metrics')).body).find((candidate) => candidate.name === name);
  const samples = (family?.samples ?? []).filter((sample) =>
    Object.entries(labels).every(([label, value]) => sample.labels[family?.labelNames.indexOf(label) ?? -1] === value),
  );
  return samples.map(({ value }) => value);
}

it('serves verdicts as metrics that promtool accepts', async () => {
  const { body, headers } = await get('/metrics');
  expect(headers.get('content-type')).toContain('version=0.0.4');
  expect(() => execFileSync('promtool', ['check', 'metrics'], { input: body, stdio: 'pipe' })).not.toThrow();
  expect(await metric('pgattest_audit_up')).toEqual([1]);
  expect(await metric('pgattest_audit_run_success', { cls: 'pg-demo' })).toEqual([1]);
  expect(await metric('pgattest_audit_subject_reachable', { subject: 'pg-demo-2', kind: 'instance' })).toEqual([1]);
  expect(
    await metric('pgattest_audit_check_outcome', { check: 'pg-tls-enabled', subject: 'pg-demo-1', outcome: 'pass' }),
  ).toEqual([1]);
  const [age = -1] = await metric('pgattest_audit_evidence_age_seconds', { cls: 'pg-demo' });
  expect(age).toBeGreaterThanOrEqual(0);
}, 300_000);

it('serves the page in both languages and the very bytes of the report', async () => {
  const [english, chinese] = await Promise.all([get('/'), get('/?lang=zh')]);
  expect(english.body).toContain('<html lang="en"');
  expect(chinese.body).toContain('<html lang="zh-CN"');
  const moved = await get('/report?lang=zh');
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/clusters/pg-demo/report.zh.html']);
  for (const name of ['report.html', 'report.zh.html', 'report.json', 'report.txt']) {
    const served = await get(`/clusters/pg-demo/${name}`);
    const file = await readFile(join(directory, 'reports/pg-demo/latest', name), 'utf8');
    expect({ name, status: served.status, same: served.body === file }).toEqual({ name, status: 200, same: true });
  }
  expect((await get('/report.json')).body).toBe((await get('/clusters/pg-demo/report.json')).body);
  const kept = join(directory, 'reports/pg-demo/latest/report.txt');
  await rename(kept, `${kept}.aside`);
  const gone = await get('/clusters/pg-demo/report.txt');
  await rename(`${kept}.aside`, kept);
  expect([gone.status, gone.body]).toEqual([
    404,
    'no report.txt: not among what the last audit wrote, or removed since\n',
  ]);
  expect((await get('/report.json?cls=pg-other')).status).toBe(404);
  expect((await get('/-/ready')).body).toBe('ready\n');
  expect((await get('/-/healthy')).body).toBe('healthy\n');
  expect((await get('/nowhere')).status).toBe(404);
  expect((await get('/run')).status).toBe(405);
}, 300_000);

it('keeps the last report when a run fails, shows why, and never shows its verdicts as fresh', async () => {
  const first = (await get('/report.json')).body;
  await rename(join(directory, 'evidence'), join(directory, 'aside'));
  await writeFile(join(directory, 'evidence'), 'not a folder');
  expect((await get('/run', { method: 'POST' })).status).toBe(202);
  await auditor.runNow();
  expect((await get('/report.json')).body).toBe(first);
  expect((await get('/')).body).toContain('cannot write evidence');
  expect(await metric('pgattest_audit_run_success', { cls: 'pg-demo' })).toEqual([0]);
  expect(await metric('pgattest_audit_check_outcome', { outcome: 'pass' })).toEqual([]);
  expect((await metric('pgattest_audit_check_outcome', { outcome: 'stale' })).length).toBeGreaterThan(50);
  expect(log).toContain('"audit failed"');

  await rm(join(directory, 'evidence'));
  await rename(join(directory, 'aside'), join(directory, 'evidence'));
  await auditor.runNow();
  expect(await metric('pgattest_audit_run_success', { cls: 'pg-demo' })).toEqual([1]);
  expect((await get('/report.json')).body).not.toBe(first);
}, 300_000);

it('shows a stopped replica in the next round and lets no secret out', async () => {
  await cluster.replica.stop();
  try {
    await auditor.runNow();
    expect(await metric('pgattest_audit_subject_reachable', { subject: 'pg-demo-2', kind: 'instance' })).toEqual([0]);
    expect(await metric('pgattest_audit_check_outcome', { subject: 'pg-demo-2', outcome: 'pass' })).toEqual([]);
    const pages = await Promise.all(['/', '/?lang=zh', '/metrics'].map(async (path) => (await get(path)).body));
    const leaks = [...pages, log].filter((text) => cluster.secrets.some((secret) => text.includes(secret)));
    expect(leaks).toEqual([]);
  } finally {
    await cluster.replica.start();
  }
}, 300_000);
