import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultAuditConfig } from './config/load.ts';
import { auditRules } from './rules.ts';
import { runAudit } from './run.ts';
import { settingsOf } from './settings.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-run-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function audit(port: number, signal: AbortSignal) {
  const cluster = { name: 'pg-test', members: [{ name: 'pg-test-1', dsn: `host=127.0.0.1 port=${port} user=a` }] };
  const config = await defaultAuditConfig([cluster], auditRules, {
    evidence_dir: directory,
    connect_timeout: '300ms',
    probe_timeout: '300ms',
  });
  const settings = settingsOf(config, ['soc2']);
  return runAudit(cluster, { settings, rules: auditRules, env: {}, signal, now: () => new Date() });
}

/** A server that accepts and never says a word; `connections` counts who came. */
async function withSilentServer<T>(use: (port: number, connections: () => number) => Promise<T>): Promise<T> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  try {
    return await use(typeof address === 'object' && address !== null ? address.port : 0, () => sockets.size);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}

it('an interrupted audit rejects and files nothing', async () => {
  await withSilentServer(async (port) => {
    const stop = new AbortController();
    const running = audit(port, stop.signal);
    setTimeout(() => {
      stop.abort(new DOMException('stop', 'AbortError'));
    }, 50);
    await expect(running).rejects.toThrow('stop');
  });
  expect(await readdir(directory)).toEqual([]);
});

it('a server that never answers is asked once, not once per probe, and every observation says so', async () => {
  const run = await withSilentServer(async (port, connections) => {
    const result = await audit(port, AbortSignal.timeout(120_000));
    expect(connections()).toBe(1);
    return result;
  });
  const codes = run.snapshot.observations
    .filter(({ subject }) => subject === 'pg-test-1')
    .map(({ observation }) => (observation.status === 'ok' ? 'ok' : observation.code));
  expect(codes).toEqual(auditRules.probes.filter(({ subject }) => subject === 'instance').map(() => 'timeout'));
  // What only a person can confirm waits for a person, whoever answers.
  expect(new Set(run.assessment.findings.map(({ outcome }) => outcome))).toEqual(new Set(['error', 'manual']));
});

it('the second run knows the outcomes of the first', async () => {
  await withSilentServer(async (port) => {
    const first = await audit(port, AbortSignal.timeout(120_000));
    const second = await audit(port, AbortSignal.timeout(120_000));
    expect(second.evaluation.previous?.runId).toBe(first.snapshot.runId);
    expect(second.report.changes).toMatchObject({ previousRunId: first.snapshot.runId, appeared: [], resolved: [] });
  });
});
