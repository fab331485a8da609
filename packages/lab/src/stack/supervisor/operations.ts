import { LabError } from '../../errors.ts';
import type { ControlLine, StartEvent } from '../control/protocol.ts';
import type { DaemonProcess } from '../daemon-process.ts';
import type { LabUser } from '../daemon.ts';
import type { FaultRun } from '../fault.ts';
import { settleArchive } from '../faults/steps/settle-archive.ts';
import type { LabStatus } from '../lab-status.ts';
import type { StackRun } from '../stack-run.ts';
import { getHost } from '../topology.ts';
import type { ActiveFaults } from './active-faults.ts';
import type { ControlHandlers, ControlRequest } from './control-server.ts';
import { getDaemon } from './fault-run.ts';
import { readParams, type RequestParams } from './request-params.ts';
import { observe } from './status.ts';

/** What the operations of the control socket work on. */
export interface OperationSite {
  readonly run: StackRun;
  readonly faultRun: FaultRun;
  readonly faults: ActiveFaults;
  readonly daemons: readonly DaemonProcess[];
  readonly startedMs: number;
  readonly state: () => LabStatus['state'];
  readonly status: () => Pick<LabStatus, 'name' | 'directory' | 'state' | 'startedAt' | 'options'>;
  /** All events so far, then each new one; returns what stops it. */
  readonly listen: (onEvent: (event: StartEvent) => void) => () => void;
  readonly goDown: () => void;
}

/** The operations of the control socket. */
export function createOperations(site: OperationSite): ControlHandlers {
  return {
    answer: async (request, tell, gone) => answer(site, request, tell, gone),
    forward({ params }) {
      const read = readParams(params);
      const port = read.optionalNumber('port');
      if (port === undefined) throw new LabError('control_failed', 'a forwarded connection needs a port');
      return { host: getHost(site.run.topology, read.text('host')).address, port };
    },
  };
}

async function answer(
  site: OperationSite,
  { op, params }: ControlRequest,
  tell: (line: ControlLine) => void,
  gone: AbortSignal,
): Promise<unknown> {
  const read = readParams(params);
  const { run } = site;
  switch (op) {
    case 'watch':
      await watch(site, tell, gone);
      return { startedMs: site.startedMs };
    case 'ping':
      return {};
    case 'status':
      return status(site);
    case 'down':
      // After the answer has gone out.
      setTimeout(site.goDown, 20);
      return {};
    case 'break':
      assertUp(site);
      return site.faults.apply(read.text('fault'), read.optionalText('target'));
    case 'heal': {
      assertUp(site);
      const healed = await site.faults.heal(read.optionalText('fault'));
      if (healed.length > 0 && site.faults.list().length === 0) await settleArchive(site.faultRun);
      return healed;
    }
    case 'exec':
      return run.run(read.text('host'), read.words('argv'), execOptions(read));
    case 'sql':
      return run.sql(read.text('member'), read.text('statement'), {
        ...given('database', read.optionalText('database')),
        ...given('timeoutMs', read.optionalNumber('timeoutMs')),
      });
    case 'http': {
      const found = await run.http(read.text('url'), {
        ...given('method', read.optionalText('method')),
        ...given('body', read.optionalText('body')),
        ...given('headers', read.texts('headers')),
        ...given('timeoutMs', read.optionalNumber('timeoutMs')),
      });
      return found === undefined ? {} : { answer: found };
    }
    case 'patroni': {
      const found = await run.patroni(read.text('member'), read.text('method'), read.text('path'), params['body']);
      return found === undefined ? {} : { answer: found };
    }
    case 'primary': {
      const member = await run.findPrimary();
      return member === undefined ? {} : { member };
    }
    case 'daemon':
      await changeDaemon(site, read);
      return {};
    default:
      throw new LabError('control_failed', `the lab cannot do ${op}`);
  }
}

async function watch(site: OperationSite, tell: (line: ControlLine) => void, gone: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    let stop: (() => void) | undefined;
    const end = (): void => {
      stop?.();
      resolve();
    };
    const past: StartEvent[] = [];
    stop = site.listen((event) => {
      past.push(event);
      tell({ event });
      if (isLast(event)) end();
    });
    // What happened before is told while `stop` is not known yet.
    if (past.some(isLast) || gone.aborted) end();
    gone.addEventListener('abort', end, { once: true });
  });
}

function isLast({ kind }: StartEvent): boolean {
  return kind === 'up' || kind === 'failed';
}

async function status(site: OperationSite): Promise<LabStatus> {
  const observed = await observe(site.daemons, site.run);
  return {
    schemaVersion: 1,
    ...site.status(),
    ...observed,
    faults: site.faults.list().map(({ id, title, target, since }) => ({ id, title, target, since })),
  };
}

async function changeDaemon(site: OperationSite, read: RequestParams): Promise<void> {
  const id = read.text('id');
  const process = getDaemon(site.daemons, id);
  const action = read.text('action');
  switch (action) {
    case 'start': {
      const env = read.texts('env');
      await site.faultRun.daemon(id).start(env === undefined ? {} : { env });
      return;
    }
    case 'stop':
      await process.stop();
      return;
    case 'signal':
      process.signal(signalNamed(read.text('signal')));
      return;
    default:
      throw new LabError('control_failed', `a daemon takes start, stop and signal, not ${action}`);
  }
}

const knownSignals = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGKILL',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
  'SIGSTOP',
  'SIGCONT',
] as const;

function signalNamed(name: string): NodeJS.Signals {
  const signal = knownSignals.find((one) => one === name);
  if (signal === undefined) throw new LabError('control_failed', `${name} is not one of ${knownSignals.join(', ')}`);
  return signal;
}

function assertUp(site: OperationSite): void {
  const state = site.state();
  if (state !== 'up') throw new LabError('control_failed', `the lab is ${state}; this needs it up`);
}

function execOptions(read: RequestParams): Parameters<StackRun['run']>[2] {
  const user = read.optionalText('user');
  return {
    ...given('user', user === undefined ? undefined : userNamed(user)),
    ...given('env', read.texts('env')),
    ...given('input', read.optionalText('input')),
    ...given('timeoutMs', read.optionalNumber('timeoutMs')),
  };
}

function userNamed(name: string): LabUser {
  const users: readonly LabUser[] = ['postgres', 'etcd', 'root'];
  const user = users.find((one) => one === name);
  if (user === undefined) throw new LabError('control_failed', `${name} is not one of ${users.join(', ')}`);
  return user;
}

/** One optional property, absent when its value is: `exactOptionalPropertyTypes` tells the two apart. */
function given<K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key widens to string
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: V };
}
