import { createRepositoryListingReader, type RepositoryEntry } from '@pgattest/connect';
import { DrillError } from '../errors.ts';
import { askPgbackrest, type PgbackrestOptions, type PgbackrestTarget } from './pgbackrest.ts';

/** Every entry below a folder of a repository, or only those directly in it. Errors: program_failed, unfinished. */
export async function listRepository(
  target: PgbackrestTarget,
  repo: number,
  folder: string,
  options: PgbackrestOptions & { readonly recurse: boolean },
): Promise<readonly RepositoryEntry[]> {
  const recurse = options.recurse ? ['--recurse'] : [];
  const output = await askPgbackrest(
    target,
    ['repo-ls', `--repo=${repo}`, '--output=json', ...recurse, folder],
    options,
  );
  const entries: RepositoryEntry[] = [];
  const reader = createRepositoryListingReader((entry) => void entries.push(entry));
  reader.push(output);
  const end = reader.end();
  if (!end.ok) throw new DrillError('unfinished', `cannot list ${folder} of repo${repo}: ${end.failure.message}`);
  return entries;
}
