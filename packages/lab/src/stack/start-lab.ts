import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createProgress, RuntimeError, writeFileAtomic, type Progress, type Step } from '@pgattest/runtime';
import { LabError } from '../errors.ts';
import { callLab } from './control/client.ts';
import type { StartEvent } from './control/protocol.ts';
import { clearLab } from './end-lab.ts';
import { findInstallation } from './installation.ts';
import { sandboxScript, unshareArguments, whyNoNamespaces } from './isolation.ts';
import { createLabDirectory, labDirectory, labFiles, lockLab } from './lab-directory.ts';
import { completeOptions } from './lab-options.ts';
import type { LabRequest } from './lab-request.ts';
import { labAt, type Lab } from './lab.ts';
import type { LabOptions } from './options.ts';
import { canAccess } from '../process/system-user.ts';
import { inspectMachine, labPath, type Machine } from './preflight.ts';
import { assertAddressesFree, assertSubnetIsOurs } from './subnet-conflict.ts';
import { labMarker } from './sweep.ts';
import { lastLines } from './last-lines.ts';
import { buildTopology, type Topology } from './topology.ts';

/** How a lab is started, apart from what it is. */
export interface StartLabSite {
  /** Script of the built `pgattest` command, which becomes the supervisor. */
  readonly entry: string;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Rule files of a site and its `alertmanager/inhibit-rules.yml`; the committed rules of the repository if left out. */
  readonly rulesDirectory?: string;
  /** Leave the directory with its logs when the start fails. */
  readonly keepFailed?: boolean;
}

const startMs = 300_000;

/**
 * Starts a lab and waits until it is healthy. It lives on when this process ends; `down` ends it. Errors: usage for
 * options and machines that do not fit, start_failed with the last lines of the log of what failed (nothing stays
 * behind), AbortError.
 */
export async function startLab(given: Partial<LabOptions>, site: StartLabSite): Promise<Lab> {
  const options = completeOptions(given);
  const topology = buildTopology(options);
  const { name } = options;
  // A name that is none, before anything is looked for.
  labDirectory(name);
  const unlock = lockLab(name);
  try {
    await assertNotRunning(name);
    // Remains of a lab that was killed together with everything that would have cleaned up.
    await clearLab(name);
    const request = await prepare(topology, site);
    const directory = createLabDirectory(name);
    try {
      assertPassable(directory, request.machine);
      await launch(directory, options, request);
      await watchStart(directory, site);
      return labAt(directory);
    } catch (error) {
      if (site.keepFailed !== true || site.signal?.aborted === true) await clearLab(name);
      throw error;
    }
  } finally {
    unlock();
  }
}

async function assertNotRunning(name: string): Promise<void> {
  if (!(await answers(join(labDirectory(name), labFiles.control)))) return;
  throw new RuntimeError(
    'usage',
    `lab ${name} is running already; see "pgattest lab status --name ${name}", or end it with "pgattest lab down --name ${name}"`,
  );
}

async function prepare(topology: Topology, site: StartLabSite): Promise<LabRequest> {
  const { options } = topology;
  if (!existsSync(site.entry)) {
    throw new RuntimeError('usage', `${site.entry} is missing; build it first: npm run build`);
  }
  const machine = await inspectMachine(topology, labDirectory(options.name), process.getuid?.() === 0);
  if (options.isolation === 'namespaces') {
    const reason = await whyNoNamespaces();
    if (reason !== undefined) throw new RuntimeError('usage', `${reason}; use --isolation loopback`);
  }
  assertSubnetIsOurs(topology);
  await assertAddressesFree(topology);
  const installation = findInstallation(resolve(site.entry), process.execPath, options, machine.users?.postgres);
  return { options, machine, installation, rulesDirectory: findRules(site) };
}

/** A temporary directory of root's own would lock the servers out. */
function assertPassable(directory: string, { users }: Machine): void {
  if (users === undefined || canAccess(users.postgres, 'x', directory)) return;
  throw new RuntimeError(
    'usage',
    `user postgres cannot reach ${directory}; set TMPDIR to a directory open to all users`,
  );
}

/** Unless others are given: the generated rules lie at the top of the repository, four directories above the built command. */
function findRules({ entry, rulesDirectory }: StartLabSite): string | undefined {
  const directory = rulesDirectory ?? resolve(dirname(entry), '../../../../rules');
  if (existsSync(directory)) return directory;
  if (rulesDirectory === undefined) return undefined;
  throw new RuntimeError(
    'usage',
    `${directory} is missing; write it first: pgattest rules --site FILE --out ${directory}`,
  );
}

async function launch(directory: string, options: LabOptions, request: LabRequest): Promise<void> {
  await writeFileAtomic(join(directory, labFiles.request), `${JSON.stringify(request, undefined, 2)}\n`, 0o600);
  const { installation } = request;
  const mounts = installation.mounts.flatMap(({ from, to }) => [from, to]);
  const supervise = [directory, installation.node, installation.entry, ...mounts];
  const [command, ...args] =
    options.isolation === 'namespaces'
      ? ['unshare', ...unshareArguments, '/bin/bash', '-c', sandboxScript, 'pgattest-lab', ...supervise]
      : [installation.node, installation.entry, 'lab', 'supervise', directory];
  const log = openSync(join(directory, labFiles.log), 'a', 0o600);
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    env: { PATH: labPath, LANG: 'C.UTF-8', HOME: '/', [labMarker]: directory },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) {
    const cause = await new Promise<Error>((found) => {
      child.once('error', found);
    });
    throw new LabError('start_failed', `cannot start ${command}: ${cause.message}`, { cause });
  }
  const control = join(directory, labFiles.control);
  const end = performance.now() + 30_000;
  while (!(await answers(control))) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > end) {
      throw new LabError(
        'start_failed',
        `the supervisor of the lab did not start:\n${lastLines(join(directory, labFiles.log), 30)}`,
      );
    }
    await sleep(20);
  }
}

async function answers(control: string): Promise<boolean> {
  if (!existsSync(control)) return false;
  try {
    await callLab(control, 'ping', {}, { timeoutMs: 20_000 });
    return true;
  } catch {
    // Bound but not listening yet, or dead.
    return false;
  }
}

async function watchStart(directory: string, site: StartLabSite): Promise<void> {
  const progress = site.progress ?? createProgress(process.stderr, { quiet: true });
  let step: Step | undefined;
  let failure: string | undefined;
  const onEvent = (event: StartEvent): void => {
    switch (event.kind) {
      case 'started':
        step = progress.step(event.title);
        break;
      case 'note':
        step?.update(event.note);
        break;
      case 'done':
        step?.done(event.note);
        step = undefined;
        break;
      case 'failed':
        step?.fail('failed');
        step = undefined;
        failure = event.message;
        break;
      case 'up':
        break;
    }
  };
  const control = join(directory, labFiles.control);
  try {
    await callLab(
      control,
      'watch',
      {},
      { timeoutMs: startMs, onEvent, ...(site.signal === undefined ? {} : { signal: site.signal }) },
    );
  } catch (error) {
    step?.fail(site.signal?.aborted === true ? 'interrupted' : 'failed');
    if (failure === undefined && error instanceof LabError && error.code === 'not_running') {
      throw new LabError('start_failed', 'the lab was told to go down, or was killed, while it started', {
        cause: error,
      });
    }
    if (failure === undefined) throw error;
  }
  if (failure !== undefined) throw new LabError('start_failed', failure);
}
