import { findAccount, findBinary, type Account } from './binary.ts';
import { runChild, type ChildOutcome } from './child-process.ts';
import { backrestEnvironment } from './environment.ts';
import { backrestFailure, classOfExit, oneLine, type BackrestResult } from './failure.ts';

/** How to reach pgBackRest on this host. */
export interface BackrestOptions {
  /** Name looked up on PATH, or a path; pgbackrest. */
  readonly binary?: string;
  /** `--config`; pgBackRest's own default. */
  readonly config?: string;
  /** `--config-include-path`; pgBackRest's own default. */
  readonly configIncludePath?: string;
  /** Run as this user, which only root can ask for; as ourselves when absent. */
  readonly user?: string;
  /** Our environment; a part of it is handed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One call. */
export interface BackrestCall {
  /** Command and options, without those that every call has. */
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** 64 MiB. */
  readonly maxOutputBytes?: number;
  /** Takes the output piece by piece instead of keeping it. */
  readonly onOutput?: (text: string) => void;
  /** 10. */
  readonly niceness?: number;
}

/** What a call that succeeded printed. */
export interface BackrestOutput {
  readonly stdout: string;
  /** Warnings, one line; empty when there were none. */
  readonly warnings: string;
  readonly durationMs: number;
}

/** Runs pgBackRest: reading commands only, nothing here changes a repository. */
export interface BackrestRunner {
  run(call: BackrestCall): Promise<BackrestResult<BackrestOutput>>;
}

/**
 * Answers on standard output only, warnings on standard error in every version (2.53 changed the defaults), and no log
 * file that might be created by the wrong user.
 */
const quiet = ['--log-level-console=off', '--log-level-stderr=warn', '--log-level-file=off'];
const defaultMaxOutputBytes = 64 * 1024 * 1024;

/** Makes a runner; starts nothing. The binary and the user are looked up at each call, so that an upgrade is noticed. */
export function createBackrestRunner(options: BackrestOptions): BackrestRunner {
  return {
    async run(call) {
      const name = options.binary ?? 'pgbackrest';
      const binary = await findBinary(name, options.env['PATH']);
      if (binary === undefined) {
        const where = name.includes('/') ? 'there' : `on PATH (${options.env['PATH'] ?? 'unset'})`;
        const remedy = 'install pgbackrest or name it with --backrest.binary';
        return backrestFailure('missing_binary', `no program ${name} ${where}; ${remedy}`);
      }
      const identity = await identityOf(options.user);
      if (!identity.ok) return identity;
      const account = identity.value;
      const config = [
        ...(options.config === undefined ? [] : [`--config=${options.config}`]),
        ...(options.configIncludePath === undefined ? [] : [`--config-include-path=${options.configIncludePath}`]),
      ];
      const args = [...call.args, ...config, ...quiet];
      const [file, ...rest] = account === undefined ? [binary] : asUser(account, binary);
      const outcome = await runChild({
        file: file ?? binary,
        args: [...rest, ...args],
        env: backrestEnvironment(options.env, account),
        timeoutMs: call.timeoutMs,
        maxOutputBytes: call.maxOutputBytes ?? defaultMaxOutputBytes,
        niceness: call.niceness ?? 10,
        signal: call.signal,
        ...(call.onOutput === undefined ? {} : { onOutput: call.onOutput }),
      });
      return resultOf(outcome, call, binary);
    },
  };
}

/** Unlike the uid of spawn this keeps the user's further groups, which often are what opens a repository. */
function asUser({ uid, gid }: Account, binary: string): readonly string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--', binary];
}

async function identityOf(user: string | undefined): Promise<BackrestResult<Account | undefined>> {
  if (user === undefined) return { ok: true, value: undefined };
  const account = await findAccount(user);
  if (account === undefined) return backrestFailure('config', `there is no user ${user} in /etc/passwd`);
  if (account.uid === process.getuid?.()) return { ok: true, value: undefined };
  if (process.getuid?.() === 0) return { ok: true, value: account };
  return backrestFailure('permission', `only root can run pgbackrest as ${user}; start the exporter as that user`);
}

// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
function resultOf(outcome: ChildOutcome, call: BackrestCall, binary: string): BackrestResult<BackrestOutput> {
  const command = `pgbackrest ${call.args[0] ?? ''}`;
  const { end, exitCode, stdout, stderr, durationMs } = outcome;
  switch (end) {
    case 'exited': {
      if (exitCode === 0) return { ok: true, value: { stdout, warnings: oneLine(stderr), durationMs } };
      // Some versions print errors among the answer.
      const said = /ERROR:[\s\S]*/.exec(stderr)?.[0] ?? /ERROR:[\s\S]*/.exec(stdout)?.[0] ?? stderr;
      const code = exitCode ?? -1;
      return backrestFailure(classOfExit(code, said), `${command} ended with ${code}: ${said}`, code);
    }
    case 'signalled':
      return backrestFailure('killed', `${command} was killed by somebody: ${stderr}`);
    case 'timeout':
      return backrestFailure('timeout', `${command} did not end within ${call.timeoutMs / 1000} s and was killed`);
    case 'overflow':
      return backrestFailure('output', `${command} printed more than may be read and was killed`);
    case 'aborted':
      return backrestFailure('aborted', `${command} was stopped with the exporter`);
    case 'not_started':
      return backrestFailure('missing_binary', `cannot start ${binary}: ${stderr}`);
  }
}
