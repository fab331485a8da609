import { access } from 'node:fs/promises';
import { loadConfig, RuntimeError } from '@pgattest/runtime';
import type { AgentProgram } from './agent-program.ts';
import { agentSchema, type AgentConfig, type AgentSection } from './agent-schema.ts';

/** Where the agent's configuration is looked for when `--config` does not say. */
export const usualAgentConfig = '/etc/pgattest/agent.yml';

/**
 * The agent's configuration: of the file given, else of the usual one, else of the environment files that packages of
 * the exporters have left on this machine. Errors: file_unreadable, config_invalid, usage when there is nothing.
 */
export async function readAgentConfig(
  file: string | undefined,
  programs: readonly AgentProgram[],
): Promise<AgentConfig> {
  if (file !== undefined) return loadConfig<AgentConfig>(file, agentSchema(programs));
  if (await isThere(usualAgentConfig)) return loadConfig<AgentConfig>(usualAgentConfig, agentSchema(programs));
  const found = await Promise.all(
    programs.map(async ({ section, usualEnvironmentFile: path }): Promise<readonly [string, AgentSection][]> =>
      (await isThere(path)) ? [[section, { environment_file: path }]] : [],
    ),
  );
  const exporters = Object.fromEntries(found.flat());
  if (Object.keys(exporters).length > 0) return { log: { level: 'info', format: 'logfmt' }, exporters };
  const looked = [usualAgentConfig, ...programs.map(({ usualEnvironmentFile }) => usualEnvironmentFile)].join(', ');
  throw new RuntimeError('usage', `there is nothing to run: none of ${looked} exists; write one, or say --config FILE`);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
