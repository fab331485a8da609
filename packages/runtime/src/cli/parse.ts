import { Command, CommanderError, Option } from 'commander';
import type { Writable } from 'node:stream';
import type { Env } from '../config/env.ts';
import { RuntimeError } from '../errors.ts';
import { exitCode, type ExitCode } from '../exit-codes.ts';
import type { CommandSpec, OptionSpec } from './command.ts';
import { takeBooleanValues } from './boolean-values.ts';

export interface ParseIo {
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Env;
}

/** Arguments and options ready to run with, or the exit code when help, the version or a usage error was printed. */
export type ParsedCommandLine =
  | { readonly run: true; readonly args: readonly string[]; readonly options: Readonly<Record<string, unknown>> }
  | { readonly run: false; readonly code: ExitCode };

interface DeclaredOption {
  readonly spec: OptionSpec;
  readonly option: Option;
}

/**
 * Reads the command line of one command, strictly: flag > environment > default. `name` is the full name shown in help
 * (`pgattest audit run`). `--flag=true` and `--flag=false` are accepted for flags without a value. Errors: usage, for
 * an environment variable that a flag without a value cannot take.
 */
export function parseCommandLine(
  spec: CommandSpec,
  name: string,
  version: string,
  argv: readonly string[],
  io: ParseIo,
): ParsedCommandLine {
  const declared = spec.options.map((option): DeclaredOption => ({ spec: option, option: declare(option) }));
  const { rest, values } = takeBooleanValues(
    argv,
    declared.filter(isSwitch).map(({ option }) => option),
  );
  try {
    const first = build(spec, name, version, declared, io).parse([...rest], { from: 'user' });
    const fromEnv = declared.flatMap(({ spec: { env }, option }) => {
      const text = env === undefined ? undefined : io.env[env];
      const given = first.getOptionValueSource(option.attributeName()) === 'cli' || values.has(option.attributeName());
      return env === undefined || text === undefined || text === '' || given ? [] : [{ env, text, option }];
    });
    const withValue = fromEnv.filter(({ option }) => !option.isBoolean());
    const command = build(spec, name, version, declared, io).parse(
      [...withValue.map(({ option, text }) => `${option.long ?? option.short ?? ''}=${text}`), ...rest],
      { from: 'user' },
    );
    for (const { env, text, option } of fromEnv) {
      if (!option.isBoolean()) continue;
      const value = readBoolean(text);
      if (value === undefined) throw new RuntimeError('usage', `${env}="${text}" must be true or false`);
      command.setOptionValueWithSource(option.attributeName(), option.negate ? !value : value, 'env');
    }
    for (const [attribute, value] of values) command.setOptionValueWithSource(attribute, value, 'cli');
    return { run: true, args: command.args, options: command.opts() };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { run: false, code: error.exitCode === 0 ? exitCode.ok : exitCode.usage };
  }
}

/** A commander command that writes to `io`, throws instead of exiting, and shows the example first in its help. */
export function createCommand(name: string, summary: string, io: ParseIo): Command {
  const width = 'columns' in io.stdout && typeof io.stdout.columns === 'number' ? io.stdout.columns : 100;
  return new Command(name)
    .description(summary)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(`(${name} --help lists the options)`)
    .configureHelp({ helpWidth: Math.min(width, 120) })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
}

function build(
  spec: CommandSpec,
  name: string,
  version: string,
  declared: readonly DeclaredOption[],
  io: ParseIo,
): Command {
  const command = createCommand(name, spec.summary, io)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('before', `Example: ${spec.example}\n`)
    .allowExcessArguments(false)
    .action(() => {});
  for (const { syntax, summary } of spec.arguments ?? []) command.argument(syntax, summary);
  for (const { option } of declared) command.addOption(option);
  if (spec.notes !== undefined) command.addHelpText('after', `\n${spec.notes}`);
  return command;
}

function declare(spec: OptionSpec): Option {
  const isEnvShown = spec.env !== undefined && spec.isEnvInNotes !== true;
  const option = new Option(spec.flags, isEnvShown ? `${spec.summary} (env: ${spec.env})` : spec.summary);
  if (spec.isHidden === true) option.hideHelp();
  if (spec.choices !== undefined) option.choices([...spec.choices]);
  // A variadic default is its list; commander would otherwise collect into a string.
  if (spec.default !== undefined) option.default(option.variadic ? [spec.default] : spec.default);
  return option;
}

function isSwitch({ option }: DeclaredOption): boolean {
  return option.isBoolean();
}

function readBoolean(text: string): boolean | undefined {
  if (/^(?:true|1|yes|on)$/i.test(text)) return true;
  return /^(?:false|0|no|off)$/i.test(text) ? false : undefined;
}
