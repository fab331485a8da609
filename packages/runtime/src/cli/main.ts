import type { Readable, Writable } from 'node:stream';
import type { Env } from '../config/env.ts';
import { readEnvironment } from '../config/env.ts';
import { RuntimeError } from '../errors.ts';
import { exitCode, type ExitCode } from '../exit-codes.ts';
import { findNearest } from '../nearest.ts';
import { redactSecrets } from '../redact.ts';
import { version as runtimeVersion } from '../version.ts';
import type { CommandEntry, CommandSpec } from './command.ts';
import { createCommand, parseCommandLine } from './parse.ts';
import { withInterrupt } from './interrupt.ts';

export interface CommandLineIo {
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly stdin: Readable;
  readonly env: Env;
}

/** A program made of sub-commands; leaves are loaded when they are run or explained. */
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
}

type Group = Omit<Program, 'version'>;

/**
 * Runs the command that argv (without node and script) names. Usage and configuration errors are printed to stderr and
 * give 2; an unexpected failure gives 3; a command that an interrupt ended early gives 130.
 */
export async function runCommandLine(program: Program, argv: readonly string[], io: CommandLineIo): Promise<ExitCode> {
  let group: Group = program;
  for (const [index, word] of argv.entries()) {
    const rest = argv.slice(index + 1);
    if (word.startsWith('-') || word === 'help') return explainGroup(program, group, argv.slice(index), io);
    const entry = group.commands.find(({ name }) => name === word);
    if (entry === undefined) return reportUnknown(group, word, io);
    const name = `${group.name} ${entry.name}`;
    const { commands = [] } = entry;
    if ('load' in entry && !commands.some((command) => command.name === rest[0])) {
      return guard(io, async () => runNamed(await entry.load(), name, program.version, rest, io));
    }
    group = { name, summary: entry.summary, commands };
  }
  io.stderr.write(helpOf(program, group, io));
  return exitCode.usage;
}

/** Runs a program that is one command, such as pg_exporter; its name in help is the spec's. */
export async function runCommand(spec: CommandSpec, argv: readonly string[], io: CommandLineIo): Promise<ExitCode> {
  return guard(io, () => runNamed(spec, spec.name, runtimeVersion, argv, io));
}

/** Runs this process as the program: for bin files only. Sets the exit code; a second Ctrl-C ends at once. */
export async function mainOf(program: Program | CommandSpec): Promise<void> {
  const { stdout, stderr, stdin } = process;
  // `pgattest … | head` closes the pipe early: that is no failure of ours.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const io = { stdout, stderr, stdin, env: readEnvironment() };
  const argv = process.argv.slice(2);
  process.exitCode = await ('commands' in program ? runCommandLine(program, argv, io) : runCommand(program, argv, io));
}

async function runNamed(
  spec: CommandSpec,
  name: string,
  version: string,
  argv: readonly string[],
  io: CommandLineIo,
): Promise<ExitCode> {
  const parsed = parseCommandLine(spec, name, version, argv, io);
  if (!parsed.run) return parsed.code;
  const { args, options } = parsed;
  return withInterrupt((signal) => spec.run({ args, options, ...io, signal }));
}

async function guard(io: CommandLineIo, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return exitCode.interrupted;
    const debug = io.env['PGATTEST_DEBUG'] === undefined ? undefined : error instanceof Error && error.stack;
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(`error: ${redactSecrets(typeof debug === 'string' ? debug : message)}\n`);
    return isUsersToMend(error) ? exitCode.usage : exitCode.incomplete;
  }
}

/** RuntimeError, and the configuration errors of other packages, whose classes this one may not import. */
function isUsersToMend(error: unknown): boolean {
  return (
    error instanceof RuntimeError || (error instanceof Error && 'code' in error && error.code === 'config_invalid')
  );
}

/** `--help`, `--version`, `help audit run`, or an option that no group takes. */
async function explainGroup(
  program: Program,
  group: Group,
  argv: readonly string[],
  io: CommandLineIo,
): Promise<ExitCode> {
  const [word = '', ...rest] = argv;
  if (word === '-V' || word === '--version') {
    io.stdout.write(`${program.version}\n`);
    return exitCode.ok;
  }
  if (word === 'help' && rest.length > 0) {
    const path = group.name.split(' ').slice(1);
    return runCommandLine(program, [...path, ...rest.filter((name) => !name.startsWith('-')), '--help'], io);
  }
  if (word === '-h' || word === '--help' || word === 'help') {
    io.stdout.write(helpOf(program, group, io));
    return exitCode.ok;
  }
  const nearest = findNearest(word, ['--help', '--version']);
  const hint = nearest === undefined ? 'options come after a command' : `did you mean ${nearest}?`;
  io.stderr.write(`error: unknown option '${word}'; ${hint}\n(${group.name} --help lists the commands)\n`);
  return exitCode.usage;
}

function reportUnknown(group: Group, word: string, io: CommandLineIo): ExitCode {
  const nearest = findNearest(
    word,
    group.commands.map(({ name }) => name),
  );
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  io.stderr.write(`error: unknown command '${word}'${hint}\n(${group.name} --help lists the commands)\n`);
  return exitCode.usage;
}

function helpOf(program: Program, group: Group, io: CommandLineIo): string {
  const [first] = group.commands;
  const command = createCommand(group.name, group.summary, io)
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command...]', 'explain a command');
  if (group === program) command.version(program.version, '-V, --version', 'print the version');
  for (const entry of group.commands) {
    command.command(entry.name).description(entry.summary);
    if (!('load' in entry)) continue;
    // Only here can somebody find the commands of a command that also runs by itself.
    for (const { name, summary } of entry.commands ?? [])
      command.addCommand(createCommand(`${entry.name} ${name}`, summary, io));
  }
  const example = first === undefined ? '' : `Example: ${group.name} ${first.name} --help\n\n`;
  return example + command.helpInformation();
}
