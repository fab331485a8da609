import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess } from '../process/process-table.ts';
import { waitFor } from '../process/wait.ts';
import { createDaemonProcess, type DaemonProcess } from './daemon-process.ts';
import type { Daemon } from './daemon.ts';
import { createSecrets } from './lab-secrets.ts';
import { completeOptions } from './lab-options.ts';
import { endProcessesOf } from './sweep.ts';
import { buildTopology } from './topology.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pgattest-daemon-'));
  mkdirSync(join(directory, 'mon'));
  mkdirSync(join(directory, 'log'));
});
afterEach(async () => {
  await endProcessesOf(directory);
  rmSync(directory, { recursive: true });
});

function processOf(script: string, changes: Partial<Daemon> = {}): DaemonProcess {
  const daemon: Daemon = {
    id: 'server@mon',
    component: 'server',
    host: 'mon',
    user: 'root',
    argv: ['/bin/sh', '-c', script],
    env: { PATH: '/usr/bin:/bin', MODE: 'plain' },
    directories: [{ path: join(directory, 'mon/server'), mode: 0o700 }],
    files: [{ path: join(directory, 'mon/server/conf'), content: 'written', mode: 0o640, owner: 'postgres' }],
    stopMs: 300,
    ready: () => Promise.resolve(undefined),
    ...changes,
  };
  const materials = {
    topology: buildTopology(completeOptions({ isolation: 'loopback' })),
    directory,
    programs: {
      postgresBin: '',
      etcd: '',
      etcdctl: '',
      patroni: '',
      haproxy: '',
      pgbouncer: '',
      pgbackrest: '',
      victoriaMetrics: '',
      vmalert: '',
      alertmanager: '',
      node: process.execPath,
    },
    secrets: createSecrets(),
    entry: '',
    rulesDirectory: undefined,
    auditorGrants: [],
    path: '',
    separateUsers: false,
  };
  const launcher = { nsenter: '', setpriv: '', monitor: 'mon', isolation: 'loopback', users: undefined } as const;
  return createDaemonProcess(daemon, materials, launcher);
}

function log(): string {
  return readFileSync(join(directory, 'log/server@mon.log'), 'utf8');
}

async function untilLogged(text: string): Promise<void> {
  const found = await waitFor(() => (log().includes(text) ? true : undefined), { timeoutMs: 30_000 });
  expect(found, log()).toBe(true);
}

test('has its files before it runs, its environment and nothing else, and a log', async () => {
  const server = processOf('cat server/conf; env; exec sleep 1000');
  await server.start({ EXTRA: 'once' });
  await untilLogged('EXTRA=once');
  expect(log()).toContain('written');
  expect(log()).toContain('MODE=plain');
  expect(log()).not.toContain('HOME=');
  expect(statSync(join(directory, 'mon/server')).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'mon/server/conf')).mode & 0o777).toBe(0o640);
});

test('is killed when it does not go, also when it is frozen, and starts again with what it left', async () => {
  const server = processOf("trap '' TERM; echo started; while :; do sleep 0.1; done");
  await server.start();
  await untilLogged('started');
  const pid = server.state.kind === 'running' ? server.state.pid : 0;
  writeFileSync(join(directory, 'mon/server/data'), 'kept');
  server.signal('SIGSTOP');
  await server.stop();
  expect(findProcess(pid)).toBeUndefined();
  expect(server.state).toEqual({ kind: 'ended', how: 'SIGKILL', wanted: true });
  await server.start();
  expect(server.state.kind).toBe('running');
  expect(readFileSync(join(directory, 'mon/server/data'), 'utf8')).toBe('kept');
});

test('says how it ended by itself, and is not stopped twice', async () => {
  const server = processOf('exit 7');
  await server.start();
  await waitFor(() => (server.state.kind === 'ended' ? true : undefined), { timeoutMs: 30_000 });
  expect(server.state).toEqual({ kind: 'ended', how: 'exit code 7', wanted: false });
  await server.stop();
  server.signal('SIGTERM');
});

test('a program that is not there is a clear error', async () => {
  await expect(processOf('', { argv: ['/nowhere/etcd'] }).start()).rejects.toThrow('cannot start server@mon');
});
