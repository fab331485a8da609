import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../errors.ts';
import type { Authority } from '../../pki/authority.ts';
import { descendantsOf, findProcess, sendSignal } from '../../process/process-table.ts';
import type { DaemonProcess } from '../daemon-process.ts';
import type { DaemonHandle, FaultRun } from '../fault.ts';
import type { HostNetwork } from '../host-network.ts';
import { certificateNames } from '../identities.ts';
import { writeLabFile } from '../lab-file.ts';
import type { Launcher } from '../launcher.ts';
import { logFileOf } from '../materials.ts';
import { runProgram } from '../run-program.ts';
import type { RunningStack } from '../running-stack.ts';
import { getHost } from '../topology.ts';
import { concealed, lastLines } from '../last-lines.ts';
import { waitUntilReady } from './readiness.ts';

/** What the supervisor has in its hands for faults. */
export interface FaultMeans {
  readonly stack: RunningStack;
  readonly launcher: Launcher;
  /** Undefined on plain loopback. */
  readonly network: HostNetwork | undefined;
  readonly authority: Authority;
  readonly daemons: readonly DaemonProcess[];
  readonly directory: string;
  /** What no message may show. */
  readonly secrets: readonly string[];
  /** Aborts when the lab goes down. */
  readonly signal: AbortSignal;
}

const startMs = 120_000;
const logLines = 30;

/** The lab under the hands of faults. */
export function createFaultRun(means: FaultMeans): FaultRun {
  const { stack, launcher, daemons, signal } = means;
  const network = (): HostNetwork => {
    if (means.network === undefined) throw new LabError('control_failed', 'this needs a lab in namespaces, as root');
    return means.network;
  };
  const ownerOf = (user: 'postgres' | 'etcd' | 'root'): { readonly uid: number; readonly gid: number } | undefined =>
    user === 'root' ? undefined : launcher.users?.[user];
  const mountTool = async (argv: readonly [string, ...string[]]): Promise<void> => {
    network();
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
    const result = await runProgram({ argv: [...argv], env, cwd: '/', timeoutMs: 10_000 });
    if (result.code === 0) return;
    throw new LabError('control_failed', `${argv.join(' ')}: ${result.stderr.trim() || 'no end within 10 s'}`);
  };
  const handleOf = (process: DaemonProcess): DaemonHandle => ({
    id: process.daemon.id,
    get pid() {
      return process.state.kind === 'running' ? process.state.pid : undefined;
    },
    signal: (name) => {
      process.signal(name);
    },
    stop: async () => process.stop(),
    async start(options = {}) {
      await process.start(options.env);
      try {
        await waitUntilReady(process, stack, { timeoutMs: startMs, signal });
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        const { id } = process.daemon;
        const log = concealed(lastLines(logFileOf(means, id), logLines), means.secrets);
        throw new LabError(error.code, `${error.message}\n--- last lines of ${id}\n${log}`, { cause: error });
      }
    },
  });

  return {
    ...stack,
    signalOfAbort: signal,
    daemon: (id) => handleOf(getDaemon(daemons, id)),
    daemonsOf: (host) => daemons.filter(({ daemon }) => daemon.host === host).map(handleOf),
    postmasterOf: (member) => findPostmaster(join(stack.directoryOf(member), 'data')),
    signal: (pid, name) => {
      sendSignal(pid, name);
    },
    childrenOf: (pid) =>
      descendantsOf(pid)
        .filter(({ parentPid }) => parentPid === pid)
        .map((entry) => entry.pid),
    setLink: async (host, state) => network().setLink(host, state),
    setBlackhole: async (from, to, state) => network().setBlackhole(from, to, state),
    setRate: async (host, rate) => network().setRate(host, rate),
    async mountTmpfs(path, { sizeMegabytes, owner, mode }) {
      const account = ownerOf(owner) ?? { uid: 0, gid: 0 };
      const options = `size=${sizeMegabytes}m,mode=${mode.toString(8)},uid=${account.uid},gid=${account.gid}`;
      await mountTool(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path]);
    },
    async unmount(path) {
      if (!readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${path} `)) return;
      await mountTool(['umount', '--lazy', path]);
    },
    writeFile: async (path, content, { owner, mode }) => writeLabFile(path, content, mode, ownerOf(owner)),
    async issueCertificate(name, { validFrom, validTo }) {
      const host = getHost(stack.topology, name);
      return means.authority.issue(host.name, certificateNames(stack.topology, host), {
        role: 'peer',
        validFrom,
        validTo,
      });
    },
    spawn(host, argv, options) {
      const started = stack.start(host, argv, options);
      const ended = started.then(async (program) => program.ended);
      // Whoever waits for the end hears of it; nobody else has to.
      ended.catch(() => {});
      return {
        ended,
        async stop() {
          const program = await started;
          program.kill('SIGTERM');
          const timer = setTimeout(() => {
            program.kill('SIGKILL');
          }, 5_000);
          try {
            return await program.ended;
          } finally {
            clearTimeout(timer);
          }
        },
      };
    },
    async until(what, condition, timeoutMs) {
      const end = performance.now() + timeoutMs;
      for (;;) {
        signal.throwIfAborted();
        const missing = await condition();
        if (missing === undefined) return;
        if (performance.now() > end) {
          throw new LabError('timeout', `${what}: not within ${timeoutMs / 1000} s: ${missing}`);
        }
        await sleep(100, undefined, { signal });
      }
    },
  };
}

/** The daemon of that id. Errors: control_failed, with the ids there are. */
export function getDaemon(daemons: readonly DaemonProcess[], id: string): DaemonProcess {
  const process = daemons.find(({ daemon }) => daemon.id === id);
  if (process !== undefined) return process;
  const ids = daemons.map(({ daemon }) => daemon.id).join(', ');
  throw new LabError('control_failed', `the lab has no daemon ${id}; it has ${ids}`);
}

/** The living server of a data directory by its postmaster.pid, which stays behind when it was killed. */
export function findPostmaster(dataDirectory: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8');
  } catch {
    // Stopped in order, or never started.
    return undefined;
  }
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 && findProcess(pid) !== undefined ? pid : undefined;
}
