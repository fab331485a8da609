import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { auditRules } from '../rules.ts';
import { fileRun } from '../evidence/file-run.ts';
import { folderStore } from '../evidence/folder-store.ts';
import { readRun } from '../evidence/read.ts';
import { sealRun } from '../evidence/seal.ts';
import { settingsOf } from '../settings.ts';
import { snapshotOf } from '../snapshot.fixture.ts';
import { loadFrameworkFiles } from './framework-files.ts';
import { loadAuditConfig } from './load.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-frameworks-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function load(text: string) {
  const file = join(directory, 'house.yml');
  await writeFile(file, text);
  return loadFrameworkFiles([file], auditRules);
}
const refusal = (text: string): Promise<string> =>
  load(text).then(
    () => 'valid',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

const head = `id: house
title: { en: House rules }
edition: '1'
clauses:
`;
const clause = `  - id: H1
    section: { en: Access }
    title: { en: Logins are encrypted, zh: 登录加密 }
    coverage: partial
    checks: [pg-tls-required]
    manual: [{ en: Confirm it., by: [attest-log-review] }]
`;

describe('a framework file', () => {
  it('becomes a framework of the same shape as ours; English stands for Chinese that is not there', async () => {
    expect(await load(`${head}${clause}`)).toEqual([
      {
        id: 'house',
        title: { en: 'House rules', zh: 'House rules' },
        edition: '1',
        headline: 'rates',
        clauses: [
          {
            id: 'H1',
            section: { en: 'Access', zh: 'Access' },
            title: { en: 'Logins are encrypted', zh: '登录加密' },
            coverage: 'partial',
            checks: ['pg-tls-required'],
            manual: [{ en: 'Confirm it.', zh: 'Confirm it.', by: ['attest-log-review'] }],
          },
        ],
      },
    ]);
  });

  it.each([
    [
      'an unknown check',
      clause.replace('pg-tls-required', 'pg-tls-requried'),
      /house\.yml:9:14 \/clauses\/0\/checks\/0 .*pg-tls-requried.*"pg-tls-required"/u,
    ],
    [
      'an unknown attestation',
      clause.replace('attest-log-review', 'attest-log-revue'),
      /house\.yml:10:\d+ .*"attest-log-review"/u,
    ],
    ['an unknown key', clause.replace('coverage:', 'coverag:'), /house\.yml:8:5 .*coverag.*coverage/u],
    ['a clause twice', `${clause}${clause}`, /house\.yml:11:9 \/clauses\/1\/id clause H1 is declared twice/u],
    [
      'a coverage without checks',
      clause.replace('[pg-tls-required]', '[]'),
      /house\.yml:8:15 .*partial without any check/u,
    ],
    ['no coverage with checks', clause.replace('partial', 'none'), /house\.yml:8:15 .*is none, yet/u],
    [
      'a part that nobody is asked for',
      clause.replace(/ {4}manual.*\n/u, ''),
      /house\.yml:8:15 .*say under manual what a person must add/u,
    ],
    [
      'a demand on another check',
      `${clause}    requires: [{ check: pg-log-rotation-keeps, param: minimumDays, atLeast: 1 }]\n`,
      /house\.yml:11:\d+ .*not among the checks of the clause/u,
    ],
    [
      'a demand on no parameter',
      `${clause}    requires: [{ check: pg-tls-required, param: days, atLeast: 1 }]\n`,
      /house\.yml:11:\d+ .*no numeric parameter of pg-tls-required: days; it has none/u,
    ],
    [
      'a demand without a bound',
      `${clause.replace('pg-tls-required', 'pg-log-rotation-keeps')}    requires: [{ check: pg-log-rotation-keeps, param: minimumDays }]\n`,
      /house\.yml:11:\d+ .*"atLeast" or "atMost"/u,
    ],
  ])('is refused with its place for %s', async (_, clauses, message) => {
    expect(await refusal(`${head}${clauses}`)).toMatch(message);
  });

  it('is refused when its id is that of another framework, and when it cannot be read', async () => {
    expect(await refusal(`${head}${clause}`.replace('id: house', 'id: soc2'))).toMatch(/house\.yml:1:5 .*soc2/u);
    await expect(loadFrameworkFiles([join(directory, 'none.yml')], auditRules)).rejects.toThrow(
      /cannot read the framework .*none\.yml/u,
    );
  });
});

describe('the configuration', () => {
  const clusters = `clusters: [{ name: pg-test, members: [{ name: pg-test-1, dsn: "host=127.0.0.1 user=a" }] }]\n`;
  const configured = async (more: string) => {
    await writeFile(join(directory, 'house.yml'), `${head}${clause}`);
    const file = join(directory, 'audit.yml');
    await writeFile(file, `${clusters}${more}`);
    return settingsOf(await loadAuditConfig(file, auditRules), ['mlps-l3', 'soc2']).evaluation;
  };

  it('reports the frameworks of its files beside the default ones', async () => {
    const { frameworks, ownFrameworks } = await configured('framework_files: [house.yml]\n');
    expect(frameworks).toEqual(['mlps-l3', 'soc2', 'house']);
    expect(ownFrameworks?.map(({ id }) => id)).toEqual(['house']);
  });

  it('reports those it names alone, and refuses one that nobody wrote', async () => {
    expect((await configured('framework_files: [house.yml]\nframeworks: [house]\n')).frameworks).toEqual(['house']);
    await expect(configured('framework_files: [house.yml]\nframeworks: [hause]\n')).rejects.toThrow(
      /audit\.yml:3:14 .*did you mean "house"/u,
    );
  });

  it('files them with the evidence, so that the run is judged the same without the file', async () => {
    const evaluation = await configured('framework_files: [house.yml]\nframeworks: [house]\n');
    const snapshot = snapshotOf(['pg-test-1'], []);
    const store = folderStore(directory);
    const sealed = sealRun(snapshot, evaluation);
    await fileRun(store, sealed);
    const filed = await readRun(store.placeOfRun('pg-test', sealed.manifest.runId));
    expect(filed.evaluation).toEqual(evaluation);
    const { clauseResults } = assess(filed.snapshot, filed.manifest, filed.evaluation, auditRules);
    expect(clauseResults).toMatchObject([{ framework: 'house', clause: 'H1', outcome: 'not_assessed' }]);
  });
});

it('the example of docs/frameworks.md loads', async () => {
  const text = await readFile(new URL('../../docs/frameworks.md', import.meta.url), 'utf8');
  const [, yaml = ''] = /```yaml\n(.*?)```/su.exec(text) ?? [];
  const [framework] = await load(yaml);
  expect(framework?.clauses.map(({ id }) => id)).toEqual(['H1', 'H2']);
  expect(framework?.clauses[1]?.requires).toEqual([
    { check: 'pg-log-rotation-keeps', param: 'minimumDays', atLeast: 365 },
  ]);
  for (const { id } of auditRules.frameworks) expect(text).toContain(`| \`${id}\``);
});
