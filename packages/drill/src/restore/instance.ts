import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectError, openWriteSession, type PgTarget, type WriteSession } from '@pgattest/connect';
import { DrillError } from '../errors.ts';
import { signalGroup } from '../process/run-program.ts';
import type { RunAs } from '../process/run-as.ts';
import { isolationSettings, type ScratchLayout } from './instance-config.ts';

/** A scratch instance that runs. */
export interface ScratchInstance {
  readonly port: number;
  /** Opens a session as the superuser. Errors: ConnectError. */
  open(database: string, signal: AbortSignal): Promise<WriteSession>;
  log(): Promise<string>;
  /** Fast shutdown, then immediate, then SIGKILL; resolves when the postmaster is gone. */
  stop(): Promise<void>;
}

export interface InstanceOptions {
  readonly layout: ScratchLayout;
  readonly binDir: string;
  readonly major: number;
  readonly runAs: RunAs;
  readonly superuser: string;
  readonly port: number;
  /** Whole; what opens the repositories included, for restore_command. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** How a start ended: taking statements, or with the words of the server's log. */
export type StartResult = { readonly ready: true; readonly instance: ScratchInstance } | { readonly ready: false };

/**
 * Starts the copy and waits until its recovery has ended and it takes statements. A server that ends by itself is a
 * result (`ready: false`), not an error: the log says why. Errors: interrupted.
 */
export async function startInstance(options: InstanceOptions): Promise<StartResult> {
  const { layout, binDir, runAs, port, superuser, signal } = options;
  const settings = { ...isolationSettings(layout, port), ...(options.major >= 17 ? { event_triggers: 'off' } : {}) };
  const switches = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [file = '', ...rest] = [...runAs.prefix, `${binDir}/postgres`, '-D', layout.dataDir, ...switches];
  const log = openSync(layout.logFile, 'a', 0o600);
  const child = spawn(file, rest, {
    cwd: '/',
    detached: true,
    env: options.env,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ending = new AbortController();
  const end = new Promise<void>((resolve) => {
    const settle = (): void => {
      ending.abort();
      resolve();
    };
    child.once('exit', settle);
    child.once('error', settle);
  });
  const stop = (): Promise<void> => stopChild(child, end);
  const open = (database: string, during: AbortSignal): Promise<WriteSession> =>
    openWriteSession(
      socketTarget(layout.socketDir, port, superuser, database),
      {
        connectTimeoutMs: 5000,
        statementTimeoutMs: 3_600_000,
        applicationName: 'pgattest drill',
        // A drill that is stopped must not wait for a long check of its own.
        endedBy: during,
      },
      during,
    );
  try {
    for (;;) {
      if (signal.aborted) throw new DrillError('interrupted', 'the copy was stopped during its recovery');
      if (ending.signal.aborted) return { ready: false };
      const session = await open('template1', signal).catch((error: unknown) => {
        if (isStillStarting(error)) return undefined;
        throw error;
      });
      if (session !== undefined) {
        await session.close();
        break;
      }
      await sleep(100);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ready: true,
    instance: { port, open, stop, log: () => readFile(layout.logFile, 'utf8') },
  };
}

const socketTarget = (socketDir: string, port: number, user: string, database: string): PgTarget => ({
  host: socketDir,
  port,
  user,
  database,
  password: undefined,
  sslMode: 'disable',
  sslRootCert: undefined,
  sslCert: undefined,
  sslKey: undefined,
  passfile: undefined,
  applicationName: undefined,
});

/** Anything a running server says but "not yet" is final: waiting would not help against an unknown role. */
function isStillStarting(error: unknown): boolean {
  return !(error instanceof ConnectError) || error.sqlState === undefined || error.sqlState === '57P03';
}

async function stopChild(child: ChildProcess, end: Promise<void>): Promise<void> {
  for (const [signal, waitMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    // The postmaster passes it on; SIGKILL is for the whole group.
    if (signal === 'SIGKILL') signalGroup(child.pid, signal);
    else child.kill(signal);
    const timer = new AbortController();
    await Promise.race([end, sleep(waitMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }
}
