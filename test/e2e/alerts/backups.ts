import { join } from 'node:path';
import type { Lab } from '@pgattest/lab';

/** Stop time of the newest backup of each repository, milliseconds since the epoch, by its key. */
export async function readNewestBackups(lab: Lab, member: string): Promise<ReadonlyMap<number, number>> {
  const text = await pgbackrest(lab, member, ['info', '--output=json']);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pgBackRest's own document
  const [stanza] = JSON.parse(text) as readonly {
    readonly backup: readonly {
      readonly database: { readonly 'repo-key': number };
      readonly timestamp: { readonly stop: number };
    }[];
  }[];
  const newest = new Map<number, number>();
  for (const { database, timestamp } of stanza?.backup ?? []) {
    const key = database['repo-key'];
    newest.set(key, Math.max(newest.get(key) ?? 0, timestamp.stop * 1_000));
  }
  return newest;
}

/** Makes a backup of what changed in both repositories. */
export async function backUp(lab: Lab, primary: string): Promise<void> {
  for (const repository of [1, 2]) await pgbackrest(lab, primary, [`--repo=${repository}`, '--type=incr', 'backup']);
}

/** Runs pgBackRest on a member as the owner of the server, and returns what it printed. */
export async function pgbackrest(lab: Lab, member: string, args: readonly string[]): Promise<string> {
  const directory = join(lab.directory, member);
  const argv = ['pgbackrest', `--stanza=${lab.topology.options.cluster}`, ...args] as const;
  const env = {
    PGBACKREST_CONFIG: join(directory, 'pgbackrest.conf'),
    PGPASSFILE: join(directory, 'patroni/lab.pgpass'),
  };
  const { code, stdout, stderr } = await lab.exec(member, [...argv], { user: 'postgres', env, timeoutMs: 240_000 });
  if (code !== 0)
    throw new Error(`${argv.join(' ')} on ${member} ended with ${code ?? 'a signal'}: ${stdout}${stderr}`);
  return stdout;
}
