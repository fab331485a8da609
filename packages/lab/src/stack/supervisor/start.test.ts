import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StartEvent } from '../control/protocol.ts';
import { createDaemonProcess, type DaemonProcess } from '../daemon-process.ts';
import type { Daemon } from '../daemon.ts';
import { createSecrets } from '../lab-secrets.ts';
import type { LabMaterials } from '../materials.ts';
import { completeOptions } from '../lab-options.ts';
import type { StartPlan, StartStep } from '../plan.ts';
import { createRunningStack } from '../running-stack.ts';
import { endProcessesOf } from '../sweep.ts';
import { buildTopology } from '../topology.ts';
import { startAll } from './start.ts';

let directory: string;
let events: StartEvent[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pgattest-start-'));
  mkdirSync(join(directory, 'mon'));
  mkdirSync(join(directory, 'log'));
  events = [];
});
afterEach(async () => {
  await endProcessesOf(directory);
  rmSync(directory, { recursive: true });
});

const secrets = createSecrets();

function daemon(name: string, script: string, ready: Daemon['ready'] = () => Promise.resolve(undefined)): Daemon {
  return {
    id: `${name}@mon`,
    component: name,
    host: 'mon',
    user: 'root',
    argv: ['/bin/sh', '-c', script],
    env: { PATH: '/usr/bin:/bin' },
    directories: [{ path: join(directory, 'mon', name), mode: 0o700 }],
    files: [{ path: join(directory, 'mon', name, 'conf'), content: `of ${name}`, mode: 0o600, owner: 'root' }],
    stopMs: 2_000,
    ready,
  };
}

function step(title: string, daemons: readonly Daemon[], tasks: StartStep['tasks'] = []): StartStep {
  return { title, daemons, readyMs: 20_000, tasks };
}

async function start(plan: StartPlan, signal = new AbortController().signal): Promise<readonly DaemonProcess[]> {
  const materials: LabMaterials = {
    topology: buildTopology(completeOptions({ isolation: 'loopback' })),
    directory,
    programs: {
      postgresBin: '/nowhere',
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
    secrets,
    entry: '/nowhere',
    rulesDirectory: undefined,
    auditorGrants: [],
    path: '/usr/bin:/bin',
    separateUsers: false,
  };
  const launcher = { nsenter: '', setpriv: '', monitor: 'mon', isolation: 'loopback', users: undefined } as const;
  const daemons = plan.flatMap((one) => one.daemons.map((what) => createDaemonProcess(what, materials, launcher)));
  await startAll({
    plan,
    daemons,
    run: createRunningStack(materials, launcher),
    directory,
    secrets: Object.values<string>({ ...secrets }),
    signal,
    tell: (event) => events.push(event),
  });
  return daemons;
}

test('goes through the plan in order, each step after the daemons of the last are ready', async () => {
  const serving = daemon('serving', 'cat serving/conf; touch up; exec sleep 1000', async (run) => {
    const { stdout } = await run.run('mon', ['ls']);
    return stdout.includes('up') ? undefined : 'not up yet';
  });
  const title = 'makes a role';
  const task = { title, timeoutMs: 20_000, run: () => Promise.resolve<string | undefined>('made') };
  const [process] = await start([
    step('servers', [serving], [task]),
    step('others', [daemon('other', 'exec sleep 1000')]),
  ]);
  expect(events.filter(({ kind }) => kind !== 'note').map(({ kind }) => kind)).toEqual([
    'started',
    'done',
    'started',
    'done',
    'up',
  ]);
  expect(events.find(({ kind }) => kind === 'done')).toMatchObject({ step: 0, note: 'made' });
  await process?.stop();
  expect(process?.state).toMatchObject({ kind: 'ended', wanted: true });
});

test('a daemon that ends shows the last lines of its log, without the passwords in it', async () => {
  const broken = daemon('broken', `echo "password is ${secrets.postgres}"; echo refused; exit 4`, () =>
    Promise.resolve('no answer'),
  );
  await expect(start([step('servers', [broken])])).rejects.toThrow(
    'servers: broken@mon ended with exit code 4\n--- last lines of broken@mon (ended with exit code 4)\npassword is ***\nrefused',
  );
  expect(events.at(-1)).toMatchObject({ kind: 'failed' });
});

test('a task that fails or does not end is named', async () => {
  const failing = { title: 'stanza', timeoutMs: 20_000, run: () => Promise.reject(new Error('repository is full')) };
  await expect(start([step('backup', [], [failing])])).rejects.toThrow('backup: stanza: repository is full');
  const endless = { title: 'backup', timeoutMs: 100, run: () => new Promise<undefined>(() => {}) };
  await expect(start([step('backup', [], [endless])])).rejects.toThrow('backup: not done within 0.1 s');
});

test('an interrupt ends the wait', async () => {
  const controller = new AbortController();
  const never = daemon('never', 'exec sleep 1000', () => {
    controller.abort();
    return Promise.resolve('never ready');
  });
  await expect(start([step('servers', [never])], controller.signal)).rejects.toThrow('abort');
});
