import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditCommands, auditRules, fileRun, folderStore, recordRun, reviewRun, sealRun } from '@pgattest/audit';
import { runCommandLine } from '@pgattest/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainFiling } from '../../packages/audit/src/evidence/chain.fixture.ts';
import { findLeaks, readEverything } from '../e2e/leaks.ts';
import { planted, plantedEvaluation, plantedSnapshot } from './secrets.fixture.ts';

// No secret of a host, of what servers say, or of what persons wrote into the configuration is in evidence or in any report.

let directory = '';
let texts: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-planted-'));
  const out = join(directory, 'out');
  const store = folderStore(join(out, 'evidence'));
  const sealed = sealRun(await plantedSnapshot(join(directory, 'host')), await plantedEvaluation(directory));
  await fileRun(store, sealed);
  const folder = store.placeOfRun('pg-test', sealed.manifest.runId);
  const { assessment } = await reviewRun(folder, auditRules);
  await recordRun(store, sealed.manifest, assessment.findings, plainFiling);
  const reports = ['--report-dir', join(out, 'reports')];
  const said = [
    await run('evaluate', folder, '--format', 'junit,sarif,csv,xlsx,oscal,ocsf,bilingual', ...reports),
    ...(await Promise.all(
      ['en', 'zh', 'both'].map((language) =>
        run('period', join(out, 'evidence'), '--from', '2026-11-20', '--to', '2026-11-22', '--lang', language, '--format', 'html,json,csv,xlsx', ...reports),
      ),
    )),
  ];
  texts = new Map([...(await readEverything(out)), ...said.map((text, index) => [`output ${index}`, text] as const)]);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function run(...argv: readonly string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const program = { name: 'audit', version: '0', summary: 'test', commands: auditCommands };
  await runCommandLine(program, argv, { stdout, stderr, stdin: new PassThrough(), env: {} });
  return `${String(stdout.read() ?? '')}${String(stderr.read() ?? '')}`;
}

test('nothing that was planted is in evidence, in any format of a report, on a page of a period, or on the terminal', () => {
  expect(findLeaks(texts, Object.values(planted))).toEqual([]);
});

const find = (name: string): string => [...texts].find(([path]) => path.endsWith(name))?.[1] ?? '';

test('what was searched is every output, and the places where it was planted are in them', async () => {
  const names = (await readdir(join(directory, 'out'), { recursive: true })).join('\n');
  for (const name of ['report.both.html', 'report.zh.html', 'report.sarif', 'worksheet.zh.xlsx', 'results.csv', 'report.ocsf.jsonl', 'report.oscal.json', 'report.junit.xml', 'report.txt']) {
    expect(names).toContain(name);
  }
  for (const name of ['period.html', 'period.zh.html', 'period.both.html', 'period.json', 'period.xlsx', 'period.waivers.zh.csv']) {
    expect(names).toContain(name);
  }
  for (const page of ['report.html', 'report.both.html', 'period.html', 'period.both.html', 'period.json', 'report.json']) {
    expect([page, find(page).includes('password=*** until spring')]).toEqual([page, true]);
    expect([page, find(page).includes('postgres://app:***@db/app')]).toEqual([page, true]);
  }
  expect(find('report.both.html')).toContain('password=*** dbname=app');
  for (const [probe, place] of [
    ['node.patroni-yml', 'restapi.authentication.password'],
    ['node.patroni-yml', 'password=*** sslmode=require'],
    ['node.clear-passwords', 'backup.sh'],
    ['node.pgbouncer-userlist', 'app'],
  ] as const) {
    expect([probe, find(`${probe}/pg-test-1.node.json`).includes(place)]).toEqual([probe, true]);
  }
});
