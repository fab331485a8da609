import { DrillError } from '../errors.ts';
import { runProgram, type ProgramResult } from '../process/run-program.ts';
import type { RunAs } from '../process/run-as.ts';

/** Which pgBackRest to ask, and as whom. */
export interface PgbackrestTarget {
  /** `pgbackrest`, or a path. */
  readonly command: string;
  readonly configFile: string;
  readonly stanza: string;
  readonly runAs: RunAs;
  /** `PGBACKREST_REPO…` variables of the caller (cipher passes, keys); nothing else is inherited. */
  readonly repoEnv: Readonly<Record<string, string>>;
}

/** Environment of a child: nothing inherited but what opens repositories. */
export function pgbackrestEnv(target: PgbackrestTarget): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...target.repoEnv,
  };
}

/** The variables of an environment that pgBackRest may see. */
export function repoEnvOf(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) =>
      value !== undefined && /^PGBACKREST_REPO\d/.test(key) ? [[key, value] as const] : [],
    ),
  );
}

/** stdout is the result, stderr the log from level `info` up, without times, in every version. */
const logOptions = ['--log-level-console=off', '--log-level-file=off', '--log-timestamp=n'] as const;

export interface PgbackrestOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly logLevel?: 'warn' | 'info' | 'detail';
}

/** Runs one command to its end, whatever its exit code. Errors: program_failed, interrupted. */
export async function runPgbackrest(
  target: PgbackrestTarget,
  args: readonly [string, ...string[]],
  options: PgbackrestOptions,
): Promise<ProgramResult> {
  const [command, ...rest] = args;
  const common =
    command === 'version'
      ? []
      : [
          `--config=${target.configFile}`,
          `--stanza=${target.stanza}`,
          ...logOptions,
          `--log-level-stderr=${options.logLevel ?? 'warn'}`,
        ];
  return runProgram([...target.runAs.prefix, target.command, command, ...common, ...rest], {
    env: pgbackrestEnv(target),
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });
}

/** As runPgbackrest, for commands that must succeed. Errors: program_failed with the last error pgBackRest logged. */
export async function askPgbackrest(
  target: PgbackrestTarget,
  args: readonly [string, ...string[]],
  options: PgbackrestOptions,
): Promise<string> {
  const { code, stdout, stderr } = await runPgbackrest(target, args, options);
  if (code === 0) return stdout;
  throw new DrillError('program_failed', `pgbackrest ${args[0]} ended with ${String(code)}: ${lastErrorOf(stderr)}`);
}

/** The first `ERROR:` line with its number, and what follows it, on one line. */
export function lastErrorOf(stderr: string): string {
  const lines = stderr.split('\n');
  const at = lines.findIndex((line) => line.startsWith('ERROR:'));
  const found = at === -1 ? lines.filter((line) => line !== '').slice(-3) : lines.slice(at, at + 4);
  const text = found
    .filter((line, index) => index === 0 || /^\s/.test(line))
    .map((line) => line.trim())
    .join(' ');
  return text === '' ? 'it said nothing' : text;
}
