import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { generateKeyPairSync } from 'node:crypto';
import { runCommandLine } from '@pgattest/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainFiling } from '../evidence/chain.fixture.ts';
import { folderStore } from '../evidence/folder-store.ts';
import { fileNights, runIdAt } from '../history/period/period.fixture.ts';
import { auditCommands } from './index.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-period-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const evidence = () => join(directory, 'evidence');
const results = { 'pg-tls-enabled/pg-test-1': 'pass', 'pg-hba-no-trust/pg-test-1': 'fail' } as const;
const night = (day: number): string => `2026-11-0${day}T02:00:00.000Z`;

const period = (...argv: readonly string[]) =>
  run('period', evidence(), '--report-dir', join(directory, 'reports'), ...argv);

async function run(...argv: readonly string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const program = { name: 'audit', version: '0', summary: 'test', commands: auditCommands };
  const io = { stdout, stderr, stdin: new PassThrough(), env: {} };
  const code = await runCommandLine(program, argv, io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}
const november = (from: number, to: number): readonly string[] => [
  '--from',
  `2026-11-0${from}`,
  '--to',
  `2026-11-0${to}`,
];

test('it writes the report of each cluster where the reader is told, and says what it found', async () => {
  await fileNights(folderStore(evidence()), [1, 2, 3], results);
  const { code, stdout, stderr } = await period(
    ...november(1, 4),
    '--framework',
    'soc2',
    '--format',
    'html,json,csv,xlsx',
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('pg-test 2026-11-01 – 2026-11-04: 3 runs, seed ');
  expect(stdout).toContain('1 control failed on at least one day.');
  expect(stdout).toContain('1 day has no run.');
  const folder = join(directory, 'reports', 'pg-test', 'period-2026-11-01-2026-11-04');
  expect((await readdir(folder)).toSorted()).toEqual([
    'period.clauses.csv',
    'period.controls.csv',
    'period.findings.csv',
    'period.html',
    'period.json',
    'period.objects.csv',
    'period.runs.csv',
    'period.waivers.csv',
    'period.xlsx',
  ]);
  expect(await readFile(join(folder, 'period.html'), 'utf8')).toContain('SOC 2');
});

test('the same history gives the same samples, and a seed that is given is the one printed', async () => {
  await fileNights(folderStore(evidence()), [1, 2, 3, 4], results);
  const first = await period(...november(1, 4), '--json', '--sample', '2');
  const again = await period(...november(1, 4), '--json', '--sample', '2');
  expect(again.stdout).toBe(first.stdout);
  const own: unknown = JSON.parse(
    (await period(...november(1, 4), '--json', '--sample', '2', '--seed', 'mine')).stdout,
  );
  expect(own).toMatchObject({ clusters: [{ samples: { seed: 'mine', size: 2, runs: { population: 4 } } }] });
});

test.each([
  [[], /--from is missing/u],
  [['--from', '2026-11-01'], /--to is missing/u],
  [['--from', '2026-11-09', '--to', '2026-11-01'], /ends before it begins/u],
  [['--from', '2026-02-30', '--to', '2026-11-01'], /--from is no day of the calendar: 2026-02-30/u],
  [['--from', '1990-01-01', '--to', '2026-11-01'], /at most 1100/u],
  [[...november(1, 3), '--framework', 'iso'], /there is no framework iso; for pg-test there are mlps-l3/u],
  [[...november(1, 3), '--format', 'html,doc'], /no period format "doc"/u],
  [[...november(1, 3), '--every', 'often'], /--every is no duration: often/u],
  [[...november(1, 3), '--sample', 'many'], /--sample is no count: many/u],
  [[...november(1, 3), '--cluster', 'pg-other'], /no evidence of pg-other.*there is of pg-test/u],
  [['--from', '2026-10-01', '--to', '2026-10-31'], /no run of pg-test ended from 2026-10-01 to 2026-10-31/u],
] as const)('%j is refused with its reason and exit code 2, and nothing is written', async (argv, message) => {
  await fileNights(folderStore(evidence()), [1, 2], results);
  const { code, stdout, stderr } = await period(...argv);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(await readdir(directory)).toEqual(['evidence']);
});

test('a store without evidence is told', async () => {
  const { code, stderr } = await period(...november(1, 2));
  expect(code).toBe(2);
  expect(stderr).toContain('there is no evidence in');
});

test('a chain that is damaged, or a wrong key, gives no report', async () => {
  const key = generateKeyPairSync('ed25519');
  const filing = { ...plainFiling, privateKey: key.privateKey };
  await fileNights(folderStore(evidence()), [1, 2], results, { 1: { filing }, 2: { filing } });
  const pem = { format: 'pem', type: 'spki' } as const;
  await writeFile(join(directory, 'right.pub'), key.publicKey.export(pem));
  await writeFile(join(directory, 'wrong.pub'), generateKeyPairSync('ed25519').publicKey.export(pem));
  const right = await period(...november(1, 2), '--json', '--public-key', join(directory, 'right.pub'));
  expect(right.code).toBe(0);
  expect(JSON.parse(right.stdout)).toMatchObject({ clusters: [{ evidence: { checked: { signatures: true } } }] });
  const wrong = await period(...november(1, 2), '--public-key', join(directory, 'wrong.pub'));
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('was signed with another key');
  await rm(join(evidence(), 'pg-test', 'chain', '00000001.json'));
  const cut = await period(...november(1, 2));
  expect(cut.code).toBe(2);
  expect(cut.stderr).toContain('record 1 of pg-test is missing');
});

test('a run that does not verify is told, its report is written, and the exit code is 3', async () => {
  await fileNights(folderStore(evidence()), [1, 2], results);
  const file = join(evidence(), 'pg-test', runIdAt(night(2)), 'pg.settings', 'pg-test-1.json');
  await rm(file);
  const { code, stdout, stderr } = await period(...november(1, 2));
  expect({ code, told: stderr.includes(`run ${runIdAt(night(2))} does not verify`) }).toEqual({ code: 3, told: true });
  expect(stdout).toContain('1 run does not verify.');
  expect(stderr).toContain('pg.settings/pg-test-1.json');
  expect((await period(...november(1, 2), '--no-evidence')).code).toBe(0);
});

test('a PDF that cannot be printed is told, and everything else is there', async () => {
  await fileNights(folderStore(evidence()), [1], results);
  const { code, stdout, stderr } = await period(...november(1, 1), '--format', 'pdf', '--lang', 'zh');
  expect(code).toBe(3);
  expect(stderr).toContain('no chromium on the PATH');
  expect(stdout).toContain('period.zh.html');
});

test('a configuration says where evidence is and where reports go', async () => {
  await fileNights(folderStore(evidence()), [1, 2], results);
  const config = join(directory, 'audit.yml');
  await writeFile(
    config,
    `clusters:
  - name: pg-test
    members: [{ name: pg-test-1, dsn: 'host=127.0.0.1' }]
evidence_dir: evidence
report_dir: told
`,
  );
  const { code, stderr } = await run('period', '--config', config, ...november(1, 2), '--format', 'json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(await readdir(join(directory, 'told', 'pg-test', 'period-2026-11-01-2026-11-02'))).toEqual(['period.json']);
});
