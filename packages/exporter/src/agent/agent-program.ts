import type { CommandContext, CommandSpec, Logger } from '@pgattest/runtime';
import type { ServedExporter } from '../source-api.ts';

/** An exporter the agent can run: its command line is what its section of the configuration may say. */
export interface AgentProgram {
  /** Section of the configuration file. */
  readonly section: string;
  readonly command: CommandSpec;
  /** Variable of its environment file that holds more options: `PG_EXPORTER_OPTS`. */
  readonly optionsVariable: string;
  /** Where packages put its environment file. */
  readonly usualEnvironmentFile: string;
  /** Reads the options and begins to serve. Errors: those of the program. */
  readonly open: (context: CommandContext, logger: Logger) => Promise<ServedExporter>;
}
