import type { BackupStatus } from '../lab-status.ts';
import type { StackRun } from '../stack-run.ts';

interface RepositoryInfo {
  readonly key: number;
  readonly status: { readonly code: number; readonly message: string };
}

/** What `pgbackrest info` says of each repository; it exits 0 whatever is wrong, so the words are what counts. */
export async function readBackups(run: StackRun): Promise<readonly BackupStatus[]> {
  const member = (await run.findPrimary()) ?? run.topology.members[0]?.name;
  if (member === undefined) return [];
  const result = await run.run(
    member,
    [
      'pgbackrest',
      `--config=${run.directoryOf(member)}/pgbackrest.conf`,
      '--log-level-console=off',
      'info',
      '--output=json',
    ],
    { user: 'postgres', timeoutMs: 15_000 },
  );
  if (result.code !== 0)
    return [unknown(result.stderr.trim() || `pgbackrest info ended with ${result.code ?? 'a signal'}`)];
  return parseInfo(result.stdout, run.topology.options.cluster);
}

/** The repositories of a stanza in the output of `pgbackrest info --output=json`. */
export function parseInfo(text: string, stanza: string): readonly BackupStatus[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [unknown('pgbackrest info printed something that is not JSON')];
  }
  const found: unknown = Array.isArray(parsed) ? parsed.find((one: unknown) => nameOf(one) === stanza) : undefined;
  if (!isStanza(found)) return [unknown(`pgbackrest info knows no stanza ${stanza}`)];
  return found.repo.map(({ key, status }) => {
    const own = found.backup.filter((one) => one.database['repo-key'] === key);
    return {
      repository: key,
      state: status.code === 0 ? 'ok' : 'problem',
      text: status.message,
      newest: own.at(-1)?.label,
      count: own.length,
    };
  });
}

function unknown(text: string): BackupStatus {
  return { repository: 0, state: 'unknown', text, newest: undefined, count: 0 };
}

interface Stanza {
  readonly repo: readonly RepositoryInfo[];
  readonly backup: readonly { readonly label: string; readonly database: { readonly 'repo-key': number } }[];
}

function nameOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
}

function isStanza(value: unknown): value is Stanza {
  return (
    typeof value === 'object' &&
    value !== null &&
    'repo' in value &&
    'backup' in value &&
    Array.isArray(value.repo) &&
    Array.isArray(value.backup)
  );
}
