import { parseCommandLine, RuntimeError, version, type CommandContext, type Logger } from '@pgattest/runtime';
import { Writable } from 'node:stream';
import type { ServedExporter } from '../source-api.ts';
import type { AgentProgram } from './agent-program.ts';
import type { AgentSection } from './agent-schema.ts';
import { readEnvironmentFile, type FileEnvironment } from './environment-file.ts';
import { commandLineOf } from './section-command-line.ts';

/**
 * Makes a function that opens the exporter of a section, with every option checked already. Errors: usage,
 * config_invalid, file_unreadable; each names the section.
 */
export async function prepareSection(
  program: AgentProgram,
  section: AgentSection,
  agent: CommandContext,
): Promise<(logger: Logger) => Promise<ServedExporter>> {
  const { environment_file: file } = section;
  const fromFile: FileEnvironment = file === undefined ? {} : await readEnvironmentFile(file);
  const argv = commandLineOf(program, section, fromFile);
  if (argv === undefined) {
    const where = `${program.optionsVariable} in ${file ?? ''}`;
    throw new RuntimeError('config_invalid', `${where} has a quote that does not end`);
  }
  const env = { ...agent.env, ...fromFile };
  const said: string[] = [];
  const listener = new Writable({
    write: (chunk, _encoding, done) => {
      said.push(String(chunk));
      done();
    },
  });
  const parsed = parseCommandLine(program.command, program.command.name, version, argv, {
    stdout: listener,
    stderr: listener,
    env,
  });
  if (!parsed.run) {
    const [first = 'these options end the program'] = said.join('').split('\n');
    throw new RuntimeError('usage', `exporters/${program.section}: ${first.replace(/^error: /u, '')}`);
  }
  const context: CommandContext = { ...agent, env, args: parsed.args, options: parsed.options };
  return (logger) => program.open(context, logger);
}
