import { exitCode, type CommandContext, type ExitCode } from '@pgattest/runtime';
import { describeCollectors, explainInstance } from '../explain.ts';
import { serveUntilStopped } from '../serve-until-stopped.ts';
import { createTargetSource } from '../target-source.ts';
import type { PgbouncerExporterOptions } from './options.ts';
import { createPgbouncerCore, openPgbouncerCollectors, requirePgbouncer, startPgbouncerExporter } from './start.ts';

/** Does what the command line asks for: print the collectors, explain the plan, or serve until stopped. */
export async function runPgbouncerExporter(
  options: PgbouncerExporterOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (context.options['dryRun'] === true) {
    context.stdout.write(describeCollectors((await openPgbouncerCollectors(options)).current()));
    return exitCode.ok;
  }
  if (context.options['explain'] === true) return explainOnce(options, context);
  return serveUntilStopped(await startPgbouncerExporter(options), context.signal, options.logger);
}

async function explainOnce(options: PgbouncerExporterOptions, context: CommandContext): Promise<ExitCode> {
  const source = await createTargetSource(options.url, options.env);
  const core = createPgbouncerCore(source, await openPgbouncerCollectors(options), options, () => {});
  try {
    await requirePgbouncer(core, options);
    const known = core.latest();
    if (known === undefined) return exitCode.incomplete;
    context.stdout.write(explainInstance(known));
    return exitCode.ok;
  } finally {
    await core.scraper.close();
  }
}
