import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createLogger, exitCode, type CommandContext, type CommandSpec, type ExitCode } from '@pgattest/runtime';
import { textOf } from '../option-values.ts';
import { readAgentConfig, usualAgentConfig } from './agent-config.ts';
import type { AgentProgram } from './agent-program.ts';
import { agentSchema } from './agent-schema.ts';
import { prepareSection } from './open-section.ts';
import { superviseExporter, type SupervisedExporter } from './supervised-exporter.ts';

const reloadSignals = ['SIGHUP', 'SIGUSR1'] as const;

/** `pgattest agent`: the exporters of a node in one process, each on its own port. */
export function agentCommandOf(programs: readonly AgentProgram[]): CommandSpec {
  return {
    name: 'agent',
    summary: 'Serve the PostgreSQL, PgBouncer and pgBackRest exporters of this node from one process',
    example: 'pgattest agent --config /etc/pgattest/agent.yml',
    options: [
      { flags: '--config <file>', summary: `what to run (default: ${usualAgentConfig}, else /etc/default/*_exporter)` },
      { flags: '--check-config', summary: 'check the configuration and every option in it, then end' },
      { flags: '--schema', summary: 'print the JSON Schema of the configuration' },
    ],
    run: (context) => runAgent(context, programs),
  };
}

async function runAgent(context: CommandContext, programs: readonly AgentProgram[]): Promise<ExitCode> {
  const { options, stdout, stderr, signal } = context;
  if (options['schema'] === true) {
    stdout.write(`${JSON.stringify(agentSchema(programs), undefined, 2)}\n`);
    return exitCode.ok;
  }
  const config = await readAgentConfig(textOf(options['config']), programs);
  const wanted = programs.flatMap((program) => {
    const section = config.exporters[program.section];
    return section === undefined ? [] : [{ program, section }];
  });
  const prepared = await Promise.all(
    wanted.map(async ({ program, section }) => ({
      name: program.section,
      open: await prepareSection(program, section, context),
    })),
  );
  if (options['checkConfig'] === true) {
    stdout.write(`${prepared.map(({ name }) => name).join(' ')}: fine\n`);
    return exitCode.ok;
  }
  const logger = createLogger({ ...config.log, stream: stderr });
  const owner = new AsyncLocalStorage<string>();
  const exporters = prepared.map(({ name, open }) => {
    const log = logger.child({ exporter: name });
    return superviseExporter({ name, open: () => open(log), logger: log, owner });
  });
  const orphaned = new AbortController();
  const letGo = guardProcess(exporters, owner, (error) => {
    logger.error('an error that belongs to no exporter ends the agent', { error });
    orphaned.abort();
  });
  const over = ended(AbortSignal.any([signal, orphaned.signal]));
  try {
    await Promise.race([Promise.all(exporters.map(({ begun }) => begun)), over]);
    await over;
    logger.info('agent stops');
    return orphaned.signal.aborted ? exitCode.incomplete : exitCode.ok;
  } finally {
    await Promise.all(exporters.map((exporter) => exporter.close()));
    letGo();
  }
}

async function ended(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/**
 * Signals to reload, and errors that nobody caught: one that an exporter caused costs that exporter a restart. An error
 * thrown straight out of a socket has lost its owner: then nothing can be trusted and the agent ends.
 */
function guardProcess(
  exporters: readonly SupervisedExporter[],
  owner: AsyncLocalStorage<string>,
  onOrphan: (error: unknown) => void,
): () => void {
  const reload = (): void => {
    // A reload that fails has been logged, and changed nothing.
    for (const exporter of exporters) void exporter.reload().catch(() => {});
  };
  const handle = (error: unknown): void => {
    const exporter = exporters.find(({ name }) => name === owner.getStore());
    if (exporter === undefined) onOrphan(error);
    else exporter.restart(error);
  };
  for (const name of reloadSignals) process.on(name, reload);
  process.on('uncaughtException', handle);
  process.on('unhandledRejection', handle);
  return () => {
    for (const name of reloadSignals) process.off(name, reload);
    process.off('uncaughtException', handle);
    process.off('unhandledRejection', handle);
  };
}
