import { LabError } from '../../errors.ts';
import type { LabMaterials } from '../materials.ts';
import type { StartTask } from '../plan.ts';
import type { StackRun } from '../stack-run.ts';
import { memberPaths } from './paths.ts';
import { runOrThrow } from './run-or-throw.ts';

/** Stanza, and a first full backup in both repositories. */
export function backupTasks(materials: LabMaterials): readonly StartTask[] {
  return [
    {
      title: 'pgBackRest stanza',
      timeoutMs: 130_000,
      run: async (run) => {
        const host = await pgbackrest(materials, run, ['stanza-create'], 120_000);
        // Whatever failed before there was a stanza is no news.
        await run.sql(host, `SELECT pg_stat_reset_shared('archiver')`);
        return materials.topology.options.cluster;
      },
    },
    ...([1, 2] as const).map((repository) => firstBackupTask(materials, repository)),
  ];
}

function firstBackupTask(materials: LabMaterials, repository: 1 | 2): StartTask {
  return {
    title: `first full backup in repository ${repository}${repository === 2 ? ' (encrypted)' : ''}`,
    timeoutMs: 250_000,
    run: async (run) => {
      const args = [`--repo=${repository}`, '--type=full', 'backup'];
      return `from ${await pgbackrest(materials, run, args, 240_000)}`;
    },
  };
}

/** Runs pgBackRest on the primary and says which one that was. */
async function pgbackrest(
  materials: LabMaterials,
  run: StackRun,
  args: readonly string[],
  timeoutMs: number,
): Promise<string> {
  const host = await run.findPrimary();
  if (host === undefined) {
    throw new LabError('start_failed', `pgbackrest ${args.join(' ')} needs a primary, and there is none`);
  }
  const paths = memberPaths(materials, host);
  await runOrThrow(
    run,
    host,
    [materials.programs.pgbackrest, `--stanza=${materials.topology.options.cluster}`, ...args],
    {
      user: 'postgres',
      env: { PGBACKREST_CONFIG: paths.pgbackrestConfig, PGPASSFILE: paths.passfile },
      timeoutMs,
    },
    `run pgbackrest ${args.join(' ')}`,
  );
  return host;
}
