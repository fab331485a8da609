import type { CommandSpec } from '@pgattest/runtime';
import { backupCheckDrill } from '../backup/backup-check-drill.ts';
import { conductOptions, readApproval, runDrills } from '../conduct/run-drills.ts';
import { backupSourceOptions, readBackupSource } from './backup-source.ts';

/** `pgattest drill backup-check`: every byte of the repositories, without starting a server. */
export const backupCheckCommand: CommandSpec = {
  name: 'backup-check',
  summary: 'read every backup and every WAL segment of the repositories and certify them',
  example: 'pgattest drill backup-check --config /etc/pgbackrest/pgbackrest.conf --key drill.key --approve CHG-123',
  options: [...backupSourceOptions, ...conductOptions],
  notes: 'Exit codes: 0 passed, 1 damage found, 2 usage, 3 refused or not finished. Changes nothing of the cluster.',
  async run(context) {
    const approval = await readApproval(context);
    const source = await readBackupSource(context);
    const drills = source.repositories.map((repository) =>
      backupCheckDrill(repository, {
        ...source,
        // A repository without a backup is a finding of this drill, not a reason to refuse it.
        preconditions: source.preconditions.map((one) =>
          one.id.endsWith('-answers') ? { ...one, title: `repository ${repository.repo} is known`, state: 'met' } : one,
        ),
      }),
    );
    return runDrills(context, drills, approval);
  },
};
