import type { CommandContext, Logger } from '@pgattest/runtime';
import { collectorsFrom } from '../collector-source.ts';
import { pgExporterCommand } from '../command.ts';
import { readConfigPath, readPgExporterOptions } from '../command-options.ts';
import { textOf } from '../option-values.ts';
import type { PgExporterOptions } from '../options.ts';
import { backrestExporterCommand, openBackrestExporter } from '../pgbackrest/command.ts';
import { pgbouncerExporterCommand, readPgbouncerOptions } from '../pgbouncer/command.ts';
import { startPgbouncerExporter } from '../pgbouncer/start.ts';
import type { ServedExporter } from '../source-api.ts';
import { startPgExporter } from '../start.ts';
import { agentCommandOf } from './agent-command.ts';
import type { AgentProgram } from './agent-program.ts';

/** What the agent can run. */
const programs: readonly AgentProgram[] = [
  {
    section: 'pg',
    command: pgExporterCommand,
    optionsVariable: 'PG_EXPORTER_OPTS',
    usualEnvironmentFile: '/etc/default/pg_exporter',
    open: openPg,
  },
  {
    section: 'pgbouncer',
    command: pgbouncerExporterCommand,
    optionsVariable: 'PG_EXPORTER_OPTS',
    usualEnvironmentFile: '/etc/default/pgbouncer_exporter',
    open: openPgbouncer,
  },
  {
    section: 'backrest',
    command: backrestExporterCommand,
    optionsVariable: 'EXPORTER_OPTS',
    usualEnvironmentFile: '/etc/default/pgbackrest_exporter',
    open: openBackrestExporter,
  },
];

/** `pgattest agent`. */
export const agentCommand = agentCommandOf(programs);

async function openPg(context: CommandContext, logger: Logger): Promise<ServedExporter> {
  const read = await readPgExporterOptions(context, { listen: '127.0.0.1:9630', isLogLenient: false });
  return startPgExporter({ ...read, logger, ...collectorsOf(await readConfigPath(context), logger) });
}

async function openPgbouncer(context: CommandContext, logger: Logger): Promise<ServedExporter> {
  const defaults = { listen: '127.0.0.1:9631', url: 'postgresql://:6432/pgbouncer' };
  const read = await readPgbouncerOptions(context, defaults);
  const path = textOf(context.options['config']);
  return startPgbouncerExporter({ ...read, logger, ...collectorsOf(path === 'builtin' ? undefined : path, logger) });
}

function collectorsOf(path: string | undefined, logger: Logger): Pick<PgExporterOptions, 'collectors'> {
  return path === undefined ? {} : { collectors: collectorsFrom(path, logger) };
}
