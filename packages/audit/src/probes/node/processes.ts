import { defineProbe } from '../../probe.ts';
import { parsePasswd } from '../../node/accounts.ts';
import { readProcesses } from '../../node/processes.ts';

/** Processes of one name and one account. */
export interface ProcessGroup {
  readonly name: string;
  /** Account, or its number where none has it. */
  readonly user: string;
  readonly count: number;
}

/** Which programs run under which account; no command line, for they may hold secrets. */
export const nodeProcesses = defineProbe({
  id: 'node.processes',
  subject: 'node',
  title: 'Names and accounts of running processes (/proc/*/status)',
  privilege: 'none, unless /proc is mounted with hidepid',
  grants: [],
  async collect({ node }): Promise<readonly ProcessGroup[]> {
    const names = new Map(
      parsePasswd((await node.readText('/etc/passwd')) ?? '')
        .toReversed()
        .map(({ uid, name }) => [uid, name]),
    );
    const groups = new Map<string, ProcessGroup>();
    for (const { name, uid } of await readProcesses(node)) {
      const user = names.get(uid) ?? String(uid);
      const key = `${name}/${user}`;
      groups.set(key, { name, user, count: (groups.get(key)?.count ?? 0) + 1 });
    }
    return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  },
});
