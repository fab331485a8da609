import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority } from '../../pki/authority.ts';
import { startWatchdog } from './stack-watchdog.ts';
import type { StartEvent } from '../control/protocol.ts';
import { createDaemonProcess } from '../daemon-process.ts';
import { startPlanOf } from '../daemons/index.ts';
import { faults } from '../faults/index.ts';
import { createHostNetwork } from '../host-network.ts';
import { writeIdentities } from '../identities.ts';
import { labFiles } from '../lab-directory.ts';
import { materialsOf, type LabRequest } from '../lab-request.ts';
import { createSecrets, secretStrings } from '../lab-secrets.ts';
import type { LabStatus } from '../lab-status.ts';
import type { Launcher } from '../launcher.ts';
import { hostDirectory } from '../materials.ts';
import { labPath } from '../preflight.ts';
import { createRunningStack } from '../running-stack.ts';
import { buildTopology, hostsOf } from '../topology.ts';
import { createActiveFaults } from './active-faults.ts';
import { serveControl } from './control-server.ts';
import { createFaultRun } from './fault-run.ts';
import { createOperations } from './operations.ts';
import { startAll } from './start.ts';

/** What the command line knows and the directory of the lab does not say. */
export interface SuperviseOptions {
  readonly directory: string;
  readonly auditorGrants: readonly string[];
  /** Aborts at SIGTERM. */
  readonly signal: AbortSignal;
}

/**
 * The process that everything in a lab hangs on: makes the network and the certificates, starts the daemons, serves the
 * control socket until it is told to go. In namespaces its end is the end of all of them; on plain loopback a guard ends
 * them. True when it was told to go, false when the start failed.
 */
export async function supervise({ directory, auditorGrants, signal }: SuperviseOptions): Promise<boolean> {
  const startedMs = Date.now();
  const request = readRequest(directory);
  const { options, machine } = request;
  const topology = buildTopology(options);
  const secrets = createSecrets();
  const materials = materialsOf(request, { topology, directory, secrets, auditorGrants, path: labPath });
  const launcher: Launcher = {
    nsenter: machine.nsenter,
    setpriv: machine.setpriv,
    users: machine.users,
    monitor: topology.monitor.name,
    isolation: options.isolation,
  };
  const namespaces = options.isolation === 'namespaces';
  const guard = namespaces ? undefined : startWatchdog(directory);
  const leaving = new AbortController();
  const down = AbortSignal.any([signal, leaving.signal]);

  // Passwords before anything that uses them: a client that finds the socket finds them, too.
  writeFileSync(join(directory, labFiles.secrets), `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  for (const { name } of hostsOf(topology)) {
    mkdirSync(hostDirectory(materials, name));
    chmodSync(hostDirectory(materials, name), 0o711);
  }
  // Patroni removes and renames the data directory, for which it must own what it lies in.
  const { postgres } = machine.users ?? {};
  if (postgres !== undefined) {
    for (const { name } of [...topology.members, ...topology.standbyMembers]) {
      chownSync(hostDirectory(materials, name), postgres.uid, postgres.gid);
    }
  }
  const network = namespaces ? createHostNetwork(topology) : undefined;
  const authority = createAuthority(`${options.name} authority`, new Date());
  const stack = createRunningStack(materials, launcher);
  const plan = startPlanOf(materials);
  const daemons = plan.flatMap((step) =>
    step.daemons.map((daemon) => createDaemonProcess(daemon, materials, launcher)),
  );
  const concealing = { directory, secrets: secretStrings(secrets) };
  const faultRun = createFaultRun({ stack, launcher, network, authority, daemons, signal: down, ...concealing });
  const active = createActiveFaults(directory, faults, faultRun, namespaces);

  let state: LabStatus['state'] = 'starting';
  const events = createEvents();
  const server = await serveControl(
    join(directory, labFiles.control),
    createOperations({
      run: stack,
      faultRun,
      faults: active,
      daemons,
      startedMs,
      state: () => state,
      status: () => ({
        name: options.name,
        directory,
        state,
        startedAt: new Date(startedMs).toISOString(),
        options,
      }),
      listen: events.listen,
      goDown: () => {
        state = 'stopping';
        leaving.abort(new DOMException('the lab goes down', 'AbortError'));
      },
    }),
  );
  try {
    await network?.create();
    await writeIdentities(directory, topology, authority, launcher);
    await startAll({
      plan,
      daemons,
      run: stack,
      ...concealing,
      signal: down,
      tell: events.tell,
    });
    state = 'up';
    await untilAborted(down);
    return true;
  } catch (error) {
    if (down.aborted) return true;
    state = 'failed';
    const message = error instanceof Error ? error.message : String(error);
    // Failures before the first step have told nobody yet.
    if (!events.hasFailed()) events.tell({ kind: 'failed', step: -1, message, atMs: Date.now() });
    writeFileSync(join(directory, labFiles.failure), `${JSON.stringify({ message })}\n`, { mode: 0o600 });
    // Whoever watches the start gets the last line before the socket goes.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return false;
  } finally {
    server.close();
    await guard?.endEverything();
    // Daemons that run are no reason to stay: in namespaces they go with us. A timer that nobody waits for fires only
    // when something else still holds the process.
    setTimeout(() => {
      process.kill(process.pid, 'SIGKILL');
    }, 300).unref();
  }
}

function readRequest(directory: string): LabRequest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by this very program a moment ago
  return JSON.parse(readFileSync(join(directory, labFiles.request), 'utf8')) as LabRequest;
}

interface Events {
  readonly tell: (event: StartEvent) => void;
  readonly listen: (onEvent: (event: StartEvent) => void) => () => void;
  readonly hasFailed: () => boolean;
}

function createEvents(): Events {
  const past: StartEvent[] = [];
  const listeners = new Set<(event: StartEvent) => void>();
  return {
    tell(event) {
      past.push(event);
      for (const listener of listeners) listener(event);
    },
    listen(onEvent) {
      for (const event of past) onEvent(event);
      listeners.add(onEvent);
      return () => listeners.delete(onEvent);
    },
    hasFailed: () => past.some(({ kind }) => kind === 'failed'),
  };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}
