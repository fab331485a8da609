import { appendFile, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pgattestAudit } from '../e2e/audit-harness.ts';

let directory = '';
let port = 0;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-evidence-'));
  port = await findClosedPort();
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const at = (...names: readonly string[]): string => join(directory, ...names);
/** One audit of a cluster that nobody can reach: quick, and filed like any other. */
const run = (...more: readonly string[]) =>
  pgattestAudit([
    'run',
    '--quiet',
    '--cluster',
    'pg-test',
    '--dsn',
    `host=127.0.0.1 port=${port} user=auditor sslmode=disable`,
    '--evidence-dir',
    at('evidence'),
    '--report-dir',
    at('reports'),
    ...more,
  ]);
const verify = (...more: readonly string[]) => pgattestAudit(['verify', at('evidence'), ...more]);
const recordFile = (sequence: number): string => at('evidence', 'pg-test', 'chain', `0000000${sequence}.json`);

describe('evidence on the command line', () => {
  it('a run prints its head, and verify says the store is intact and still holds it', async () => {
    await run();
    const second = await run();
    const [, head = ''] = /record 2 of its chain, head ([0-9a-f]{64}), not signed/u.exec(second.stdout) ?? [];
    const [, digest = ''] = /evidence ([0-9a-f]{64})/u.exec(second.stdout) ?? [];
    for (const hash of [head, digest]) {
      const result = await verify('--expect-head', hash);
      expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
      expect(result.stdout).toContain('pg-test: 2 records, 2 verified runs');
      expect(result.stdout).toMatch(/intact\n$/u);
    }
    await rm(recordFile(2));
    const cut = await verify('--expect-head', head);
    expect(cut.code).toBe(1);
    expect(cut.stdout).toContain(
      `not intact: no chain holds ${head}: records were cut off at the end (that of pg-test ends at record 1`,
    );
  });

  it('verify ends with 1 and a sentence that names the first broken link, also as JSON', async () => {
    await run();
    await run();
    await appendFile(recordFile(1), ' ');
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout).toContain(
      `not intact: record 1 of pg-test is broken: ${recordFile(1)} was changed after it was written`,
    );
    const json = await verify('--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      intact: false,
      clusters: [{ cluster: 'pg-test', records: 2 }],
    });
  });

  it('runs are signed with the key of keygen, and verified with its public half alone', async () => {
    const keygen = await pgattestAudit(['keygen', '--key', at('audit.key')]);
    expect(keygen.stdout).toMatch(/key id: {2}[0-9a-f]{64}/u);
    expect((await stat(at('audit.key'))).mode & 0o777).toBe(0o600);
    expect((await pgattestAudit(['keygen', '--key', at('audit.key')])).code).toBe(2);
    await pgattestAudit(['keygen', '--key', at('other.key')]);
    await writeFile(
      at('audit.yml'),
      `clusters: [{ name: pg-test, instances: [{ name: pg-test-1, dsn: 'host=127.0.0.1 port=${port} user=x sslmode=disable' }] }]\nsigning_key: audit.key\n`,
    );
    await pgattestAudit(['run', '--quiet', '--config', at('audit.yml')]);
    await rename(at('audit.key'), at('elsewhere.key'));
    const good = await verify('--public-key', at('audit.key.pub'), '--require-signatures');
    expect([good.code, good.stdout.includes('signed by ')]).toEqual([0, true]);
    const wrong = await verify('--public-key', at('other.key.pub'));
    expect([wrong.code, wrong.stdout.includes('record 1 of pg-test was signed with another key')]).toEqual([1, true]);
    const swapped = await verify('--public-key', at('elsewhere.key'));
    expect([swapped.code, swapped.stderr.includes('is a private key; verify with the public one')]).toEqual([2, true]);
    // A run that could not be signed is not begun.
    const unsigned = await pgattestAudit(['run', '--quiet', '--config', at('audit.yml')]);
    expect([unsigned.code, unsigned.stderr.includes('make one with: pgattest audit keygen')]).toEqual([2, true]);
    expect(await readdir(at('evidence', 'pg-test'))).toHaveLength(2);
  });

  it('history lists runs and what is known of a finding, reevaluate adds a record that history shows', async () => {
    await run();
    const names = await readdir(at('evidence', 'pg-test'));
    const runId = names.find((name) => name !== 'chain') ?? '';
    const judged = await pgattestAudit(['reevaluate', `pg-test/${runId}`, '--evidence-dir', at('evidence')]);
    expect(judged.stdout).toContain('every result is the same');
    const history = await pgattestAudit(['history', at('evidence'), '--finding', 'pg-tls-enabled/pg-test-1']);
    expect(history.stdout).toContain(`record 2: run ${runId} judged again by rules`);
    expect(history.stdout).toMatch(/pg-tls-enabled\/pg-test-1 +error/u);
    expect((await verify()).code).toBe(0);
  });

  it('proves a file, and refuses what is no file of a run', async () => {
    await run();
    const names = await readdir(at('evidence', 'pg-test'));
    const runId = names.find((name) => name !== 'chain') ?? '';
    const proof = await verify('--prove', `pg-test/${runId}/evaluation.json`);
    expect(JSON.parse(proof.stdout)).toMatchObject({ path: 'evaluation.json', record: { sequence: 1 } });
    expect(await verify('--prove', `pg-test/${runId}/nothing.json`)).toMatchObject({ code: 2, stdout: '' });
  });

  it('an attestation that was written counts in the next run, and not once its document changed', async () => {
    await writeFile(at('plan.pdf'), 'plan');
    await writeFile(
      at('audit.yml'),
      `clusters: [{ name: pg-test, instances: [{ name: pg-test-1, dsn: 'host=127.0.0.1 port=${port} user=x sslmode=disable' }] }]\n`,
    );
    const outcomes: unknown[] = [];
    const look = async (): Promise<void> => {
      await pgattestAudit(['run', '--quiet', '--config', at('audit.yml')]);
      const report: unknown = JSON.parse(await readFile(at('reports', 'pg-test', 'latest', 'report.json'), 'utf8'));
      const clause = /"id": "8\.1\.9\.1".*?"outcome": "(\w+)"/su.exec(
        JSON.stringify(report, undefined, 1).replaceAll('\n', ' '),
      );
      outcomes.push(clause?.[1]);
    };
    await look();
    const attest = [
      'attest',
      'attest-grading-and-filing',
      '--signer',
      'Li Lei',
      '--file',
      at('plan.pdf'),
      '--config',
      at('audit.yml'),
    ];
    expect((await pgattestAudit(attest)).code).toBe(0);
    await look();
    await appendFile(at('plan.pdf'), '!');
    await look();
    expect(outcomes).toEqual(['not_assessed', 'met', 'not_met']);
  });

  it.each([
    [['verify', '/nowhere'], 1, 'there is no evidence in /nowhere'],
    [['verify', '/nowhere', '--evidence-since', 'soon'], 2, '--evidence-since is no day'],
    [['reevaluate', 'pg-test'], 2, 'name the run as <cluster>/<run id>'],
    [['reevaluate', 'pg-test/x', '--evidence-dir', '/nowhere'], 2, 'there is no run x of pg-test in /nowhere'],
    [['keygen'], 2, 'name the file to write: --key audit.key'],
  ])('%j ends with %i and says what to do', async (argv, code, words) => {
    const result = await pgattestAudit(argv);
    expect({ code: result.code, said: `${result.stdout}${result.stderr}`.includes(words) }).toEqual({
      code,
      said: true,
    });
  });
});

/** A port that nobody listens on: one that was free a moment ago. */
async function findClosedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 1;
}
