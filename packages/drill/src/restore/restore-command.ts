import type { PgbackrestTarget } from '../backup/pgbackrest.ts';
import type { ScratchLayout } from './instance-config.ts';

/**
 * Arguments of `pgbackrest restore` into a scratch directory: whatever the configuration maps, no tablespace, link or
 * file goes anywhere else.
 */
export function restoreArguments(repo: number, label: string, layout: ScratchLayout): readonly [string, ...string[]] {
  return [
    'restore',
    `--repo=${repo}`,
    `--set=${label}`,
    `--pg1-path=${layout.dataDir}`,
    '--reset-tablespace-map',
    `--tablespace-map-all=${layout.tablespaceDir}`,
    '--reset-link-map',
    '--no-link-all',
    '--no-delta',
    '--reset-db-include',
    '--reset-db-exclude',
    `--lock-path=${layout.root}/lock`,
  ];
}

/** restore_command of the copy: reads segments of one repository and does nothing else. */
export function restoreCommandOf(target: PgbackrestTarget, repo: number, layout: ScratchLayout): string {
  const words = [
    target.command,
    `--config=${target.configFile}`,
    `--stanza=${target.stanza}`,
    `--repo=${repo}`,
    `--pg1-path=${layout.dataDir}`,
    '--no-archive-async',
    `--lock-path=${layout.root}/lock`,
    '--log-level-file=off',
    '--log-level-console=off',
    '--log-level-stderr=error',
    'archive-get',
  ];
  return `${words.map(shellWord).join(' ')} %f "%p"`;
}

/** One word for /bin/sh; PostgreSQL replaces `%`, so that of a path is doubled. */
const shellWord = (word: string): string =>
  (/^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`).replaceAll('%', '%%');
