import { onSubject, primary, replica } from './cast.ts';
import { edit, mode } from './introduce/file.ts';
import type { Weakness, WeaknessGroup } from './weakness.ts';

type Verdicts = Parameters<typeof onSubject>[1];

/** pgbackrest.conf of one member, which every run of pgBackRest reads anew. */
const config = (
  on: string,
  id: string,
  sentence: string,
  change: (text: string) => string,
  verdicts: Verdicts,
): Weakness => ({
  id,
  sentence,
  on,
  introduce: edit(`${on}/pgbackrest.conf`, change),
  expected: onSubject(`${on}.node`, verdicts),
});

const withLine =
  (line: string) =>
  (text: string): string =>
    text.replace('[global]\n', `[global]\n${line}\n`);

/** Backups: how they are made and who may read them. */
export const backupWeaknesses: WeaknessGroup = {
  name: 'backup',
  weaknesses: [
    config(
      replica,
      'backups kept for ever',
      'nothing says how long backups of the first repository are kept',
      (text) => text.replace(/^repo1-retention-full.*\n/gmu, ''),
      { 'node-backup-retention-set': 'fail' },
    ),
    config(
      primary,
      'WAL thrown away when it queues',
      'WAL that waits for the repository is dropped and reported archived',
      withLine('archive-push-queue-max=64MB'),
      { 'node-backup-wal-not-dropped': 'warn' },
    ),
    config(
      replica,
      'backups that check no page',
      'a backup copies damaged pages without a word',
      withLine('checksum-page=n'),
      { 'node-backup-checks-pages': 'fail' },
    ),
    {
      id: 'pgbackrest.conf readable',
      sentence: 'every account of the host may read the passphrase of the backups',
      on: replica,
      introduce: mode(`${replica}/pgbackrest.conf`, 0o644),
      expected: onSubject(`${replica}.node`, {
        'node-backup-files-protected': 'fail',
        'node-config-files-protected': 'fail',
      }),
    },
    {
      id: 'repository readable',
      sentence: 'every account of the host may read the backups',
      on: primary,
      introduce: mode('repo1', 0o755),
      expected: onSubject(`${primary}.node`, { 'node-backup-files-protected': 'fail' }),
    },
  ],
};
