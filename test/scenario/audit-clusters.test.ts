import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { auditCommands } from '@pgattest/audit';
import { runCommandLine } from '@pgattest/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';

let directory = '';
let closedPort = 0;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-clusters-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  closedPort = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function audit(
  config: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const file = join(directory, 'audit.yml');
  await writeFile(file, config);
  const text = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr'): PassThrough => {
    const stream = new PassThrough();
    stream.setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk));
    return stream;
  };
  const io = { stdout: collect('stdout'), stderr: collect('stderr'), stdin: process.stdin, env: {} };
  const program = { name: 'pgattest', version: '0.0.0', summary: 'x', commands: auditCommands };
  const code = await runCommandLine(program, ['run', '--config', file, ...args], io);
  return { code, ...text };
}

const silentCluster = (name: string): string =>
  `  - { name: ${name}, members: [{ name: ${name}-1, dsn: "host=127.0.0.1 port=${closedPort} user=a" }] }\n`;

it('audits the others when one cluster cannot be found, and ends with 3', async () => {
  const lost = `  - { name: lost, discover: [{ from: pigsty, file: gone.yml }], found: { dsn: "host={host} user=a" } }\n`;
  const { code, stdout, stderr } = await audit(
    `clusters:\n${lost}${silentCluster('one')}${silentCluster('two')}connect_timeout: 5s\n`,
    '--fail-on',
    'never',
  );
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /error: audit of lost failed: no member of lost was found; pigsty at .*gone\.yml: cannot read/u,
  );
  expect(stderr).toMatch(/auditing 3 clusters: 1 of 3 could not be audited/u);
  expect(stdout).toMatch(/^one: /mu);
  expect(stdout).toMatch(/^two: /mu);
  expect((await readdir(join(directory, 'evidence'))).toSorted()).toEqual(expect.arrayContaining(['one', 'two']));
});

it('refuses a password file that others may read, before anything is asked', async () => {
  const file = join(directory, 'etcd.password');
  await writeFile(file, 'hunter2\n');
  await chmod(file, 0o644);
  const etcd = `{ members: [{ name: etcd-1, url: "http://127.0.0.1:${closedPort}" }], user: a, password_file: etcd.password }`;
  const members = `[{ name: one-1, dsn: "host=127.0.0.1 port=${closedPort} user=a" }]`;
  const { code, stdout, stderr } = await audit(`clusters:\n  - { name: one, members: ${members}, etcd: ${etcd} }\n`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/etcd\.password is open to others \(mode 0644\); chmod 600 it/u);
  expect(stderr).not.toContain('hunter2');
});
