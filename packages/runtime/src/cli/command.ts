import type { Readable, Writable } from 'node:stream';
import type { ExitCode } from '../exit-codes.ts';

export interface OptionSpec {
  /** commander syntax: `-c, --config <file>`, `--once`, `--no-tls`, `--label <k=v...>`. */
  readonly flags: string;
  readonly summary: string;
  readonly default?: string | number | boolean;
  /** Environment variable that sets it; flag > environment > file > default. */
  readonly env?: string;
  readonly choices?: readonly string[];
  /** Left out of --help because another line says it, for example the opposite of a switch. */
  readonly isHidden?: true;
  /** The command's notes name the variable, so that the line in --help does not. */
  readonly isEnvInNotes?: true;
}

export interface ArgumentSpec {
  /** commander syntax: `<finding>`, `[dir]`, `[targets...]`. */
  readonly syntax: string;
  readonly summary: string;
}

export interface CommandContext {
  /** Positional arguments in order; a variadic one arrives as several. */
  readonly args: readonly string[];
  /** Option values by camelCase long name, already defaulted and read from the environment. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The result and nothing else. */
  readonly stdout: Writable;
  /** Progress and logs. */
  readonly stderr: Writable;
  readonly stdin: Readable;
  /** Aborts on the first Ctrl-C or SIGTERM: finish cleanly. */
  readonly signal: AbortSignal;
}

/** One sub-command: same shape as every other unit of this project, plain data plus one function. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Shown first in --help. */
  readonly example: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Shown last in --help. */
  readonly notes?: string;
  /** Expected failures are thrown as RuntimeError (exit 2) or returned as an exit code. */
  readonly run: (context: CommandContext) => Promise<ExitCode>;
}

/** A row of a command table; `load` keeps `--help` fast. A command with `commands` runs unless one of them is named first. */
export type CommandEntry =
  | {
      readonly name: string;
      readonly summary: string;
      readonly load: () => Promise<CommandSpec>;
      readonly commands?: readonly CommandEntry[];
    }
  | { readonly name: string; readonly summary: string; readonly commands: readonly CommandEntry[] };
