import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditCommands } from '@pgattest/audit';
import { runCommandLine } from '@pgattest/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let directory = '';
let closedPort = 0;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-scenario-'));
  closedPort = await findClosedPort();
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const clusterOf = (name: string, dsn: string) =>
  `  - { name: ${name}, instances: [{ name: ${name}-1, dsn: "${dsn}" }] }\n`;

describe('pgattest audit', () => {
  it.each([
    [['audit', 'run'], 2, /error: nothing to audit; give --config <file>, or --cluster <name> --instance <name=dsn>/u],
    [['audit', 'run', '--confg', 'x'], 2, /unknown option.*--config/su],
    [['audit', 'rnu'], 2, /unknown command 'rnu'; did you mean run\?/u],
    [['audit', 'run', '--config', '/nowhere/audit.yml'], 2, /cannot read the configuration \/nowhere\/audit\.yml/u],
    [['audit', 'run', '--instance', 'pg-test-1'], 2, /an --instance is <name>=<dsn>/u],
    [['audit', 'run', '--dsn', 'host=h password=hunter2'], 2, /dsn of instance postgres-1 holds a password/u],
    [
      ['audit', 'run', '--dsn', 'host=h', '--framework', 'iso'],
      2,
      /there is no framework iso; there are mlps-l3, soc2/u,
    ],
    [
      ['audit', 'run', '--instance', 'a-1=host=h port=5433', '--instance', 'a-2=host=h port=5433 dbname=x'],
      2,
      /instances a-1 and a-2 are the same server, h:5433; declare each member once/u,
    ],
    [['audit', 'run', '--dsn', 'host=h', '--fail-on', 'maximal'], 2, /critical, high, medium, low, info, never/u],
    [['audit', 'evaluate', '/nowhere'], 3, /cannot read evidence file \/nowhere\/manifest\.json/u],
    [['audit', 'explain', 'pg-x/y', '--evidence-dir', '/nowhere'], 2, /there is no evidence in \/nowhere/u],
  ])('%j ends with %i and says what to do', async (argv, code, message) => {
    const result = await pgattest(argv);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: '' });
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toContain('hunter2');
  });

  it('names every mistake of a configuration with line and column', async () => {
    const file = join(directory, 'audit.yml');
    await writeFile(file, 'clusters:\n  - name: pg-test\n    instances: []\nfail_on: sometimes\nintervall: 1h\n');
    const { code, stderr } = await pgattest(['audit', 'run', '--config', file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /audit\.yml:3:16 \/clusters\/0\/instances .*\n.*audit\.yml:4:10 \/fail_on .*\n.*audit\.yml:5:1 .*interval/u,
    );
  });

  it('refuses a wrong connection string of any cluster before it audits the first one', async () => {
    const file = join(directory, 'audit.yml');
    const good = clusterOf('good', `host=127.0.0.1 port=${closedPort} user=x`);
    await writeFile(file, `clusters:\n${good}${clusterOf('bad', 'host=h foo=bar')}`);
    const { code, stdout, stderr } = await pgattest(['audit', 'run', '--config', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('dsn of instance bad-1');
    expect(await readdir(directory)).toEqual(['audit.yml']);
  });

  it('refuses a framework file that names an unknown check, with its place and the nearest one', async () => {
    const file = join(directory, 'house.yml');
    const clause = `{ id: H1, section: { en: A }, title: { en: B }, coverage: full, checks: [pg-tls-requierd] }`;
    await writeFile(file, `id: house\ntitle: { en: H }\nedition: '1'\nclauses:\n  - ${clause}\n`);
    const target = ['--cluster', 'pg-test', '--dsn', `host=127.0.0.1 port=${closedPort} user=x`];
    const refused = await pgattest(['audit', 'run', ...target, '--check-config', '--framework-file', file]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/house\.yml:5:\d+ \/clauses\/0\/checks\/0 .*did you mean "pg-tls-required"/u);
    await writeFile(file, (await readFile(file, 'utf8')).replace('requierd', 'required'));
    const taken = await pgattest(['audit', 'run', ...target, '--check-config', '--framework-file', file]);
    expect(taken).toMatchObject({ code: 0, stdout: 'the configuration is valid\n' });
  });

  it('keeps --help to a screen and starts it with an example', async () => {
    for (const name of [
      'run',
      'evaluate',
      'explain',
      'verify',
      'history',
      'reevaluate',
      'attest',
      'keygen',
      'framework-schema',
      'report-schema',
      'doctor',
      'serve',
    ]) {
      const { code, stdout } = await pgattest(['audit', name, '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Example.*pgattest audit ${name}`, 'su'));
      expect(stdout.split('\n').length).toBeLessThan(45);
    }
  });
});

describe('an audit of a cluster that nobody can reach', () => {
  it('files what it could not see, passes nothing and ends with 3', async () => {
    const { code, stdout, stderr } = await run('--fail-on', 'never');
    expect(code).toBe(3);
    expect(stderr).toMatch(/auditing pg-test: 1 facts, \d+ unavailable/u);
    expect(stdout).toMatch(
      /pg-test-1 did not answer, its \d+ results are not decided: cannot connect to 127\.0\.0\.1:\d+\/.*ECONNREFUSED/u,
    );
    expect(stdout).toMatch(/cluster-one-primary\/pg-test +/u);
    const report = await readFile(join(directory, 'reports', 'pg-test', 'latest', 'report.json'), 'utf8');
    expect(report).toContain('"outcome": "error"');
    expect(report).not.toContain('"outcome": "pass"');
    expect(report).not.toContain('"outcome": "met"');
    expect(report).not.toContain('"outcome": "met_in_part"');
  });

  it('is evaluated offline to the same bytes', async () => {
    await run('--quiet');
    const again = await pgattest(['audit', 'evaluate', await runFolder(), '--report-dir', join(directory, 'again')]);
    expect(again.code).toBe(3);
    const names = (await readdir(join(directory, 'reports/pg-test/latest'))).toSorted((a, b) => (a < b ? -1 : 1));
    expect(names).toEqual(['report.html', 'report.json', 'report.txt', 'report.zh.html', 'report.zh.txt']);
    for (const name of names) {
      const [live, offline] = await Promise.all(
        ['reports', 'again'].map((folder) => readFile(join(directory, folder, 'pg-test/latest', name))),
      );
      expect({ name, same: offline?.equals(live ?? Buffer.alloc(0)) }).toEqual({ name, same: true });
    }
  });

  it('refuses evidence with one changed byte, naming the file', async () => {
    await run('--quiet');
    const file = join(await runFolder(), 'pg.settings', 'pg-test-1.json');
    await appendFile(file, ' ');
    const { code, stdout, stderr } = await pgattest(['audit', 'evaluate', await runFolder()]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`evidence refused: ${file} was changed after it was written`);
  });

  it('explains a finding of the newest run, and proposes the nearest id for a wrong one', async () => {
    await run('--quiet');
    const good = await explain('pg-tls-enabled/pg-test-1');
    expect(good.code).toBe(0);
    expect(good.stdout).toContain('missing evidence: unreachable: cannot collect pg.settings on pg-test-1');
    expect(good.stdout).toContain('CC6.7');
    const bad = await explain('pg-tls-enable/pg-test-1');
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('did you mean pg-tls-enabled/pg-test-1?');
  });

  it('says that the evidence is filed when the report cannot be written, and ends with 3', async () => {
    await writeFile(join(directory, 'reports'), 'a file');
    const { code, stderr } = await run('--quiet');
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot write the report of run \S+ to .*reports.*ENOTDIR.*its evidence is filed/u);
    const names = await readdir(join(directory, 'evidence', 'pg-test'));
    expect(names.toSorted()).toEqual([expect.stringMatching(/^\d{8}T/u), 'chain']);
  });

  it('prints report.json and nothing else with --json', async () => {
    const { stdout } = await run('--json', '--quiet');
    expect(stdout).toBe(await readFile(join(directory, 'reports/pg-test/latest/report.json'), 'utf8'));
  });

  it('is refused by the doctor with 3 and the reason', async () => {
    const dsn = `host=127.0.0.1 port=${closedPort} user=auditor sslmode=disable`;
    const { code, stdout } = await pgattest(['audit', 'doctor', '--cluster', 'pg-test', '--dsn', dsn]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/pg-test-1 +unreachable/u);
  });
});

const run = (...more: readonly string[]) =>
  pgattest([
    'audit',
    'run',
    '--cluster',
    'pg-test',
    '--instance',
    `pg-test-1=host=127.0.0.1 port=${closedPort} user=auditor sslmode=disable`,
    '--evidence-dir',
    join(directory, 'evidence'),
    '--report-dir',
    join(directory, 'reports'),
    ...more,
  ]);

async function runFolder(): Promise<string> {
  const names = await readdir(join(directory, 'evidence', 'pg-test'));
  const runId = names.find((name) => name !== 'chain') ?? '';
  return join(directory, 'evidence', 'pg-test', runId);
}

const explain = (id: string) => pgattest(['audit', 'explain', id, '--evidence-dir', join(directory, 'evidence')]);

async function pgattest(argv: readonly string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const program = {
    name: 'pgattest',
    version: '0.0.0',
    summary: 'test',
    commands: [{ name: 'audit', summary: 'audit', commands: auditCommands }],
  };
  const code = await runCommandLine(program, argv, { stdout, stderr, stdin: new PassThrough(), env: {} });
  return { code, stdout: drain(stdout), stderr: drain(stderr) };
}

/** Everything that was written so far. */
const drain = (stream: PassThrough): string => String(stream.read() ?? '');

async function findClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
