import { createLogger, type CommandContext, type CommandSpec, type ExitCode, type Logger } from '@pgattest/runtime';
import { readLogOptions } from '../log-options.ts';
import { serveUntilStopped } from '../serve-until-stopped.ts';
import type { ServedExporter } from '../source-api.ts';
import { readBackrestExporterOptions } from './command-options.ts';
import { backrestFlags, backrestNotes, type BackrestCommandDefaults } from './flags.ts';
import { startBackrestExporter } from './start.ts';

const onLoopback: BackrestCommandDefaults = { listen: '127.0.0.1:9854', isLogLenient: false };

/** `pgattest exporter backrest`: flags and environment of pgbackrest_exporter, on loopback unless told otherwise. */
export const backrestExporterCommand: CommandSpec = commandOf(onLoopback);

/** `pgbackrest_exporter`: the same with the defaults of the program it replaces. */
export const backrestExporterDropIn: CommandSpec = commandOf({ listen: ':9854', isLogLenient: true });

/** Reads the options of `pgattest exporter backrest` and begins to serve. Errors: those of reading and of starting. */
export async function openBackrestExporter(context: CommandContext, logger: Logger): Promise<ServedExporter> {
  return startBackrestExporter({ ...(await readBackrestExporterOptions(context, onLoopback)), logger });
}

function commandOf(defaults: BackrestCommandDefaults): CommandSpec {
  return {
    name: 'pgbackrest_exporter',
    summary: 'Serve the metrics of the pgBackRest repositories of one host',
    example: 'pgbackrest_exporter --collect.interval=120 --backrest.stanza-include=pg-test',
    options: backrestFlags(defaults),
    notes: backrestNotes,
    run: (context) => run(context, defaults),
  };
}

async function run(context: CommandContext, defaults: BackrestCommandDefaults): Promise<ExitCode> {
  const read = await readBackrestExporterOptions(context, defaults);
  const { level, format, ignored } = readLogOptions(context.options, defaults.isLogLenient);
  const logger = createLogger({ level, format, stream: context.stderr });
  for (const flag of ignored) logger.warn('unknown value, the default is taken', { flag });
  const url = context.options['pg.url'];
  if (typeof url === 'string' && /:\/\/[^/?@]*:[^/?]+@|\bpassword\s*=/i.test(url)) {
    logger.warn('the password in --pg.url is visible to every user of this machine; use EXPORTER_PG_URL_FILE');
  }
  return serveUntilStopped(await startBackrestExporter({ ...read, logger }), context.signal, logger);
}
