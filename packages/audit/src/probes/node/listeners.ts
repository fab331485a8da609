import { defineProbe } from '../../probe.ts';
import { parsePasswd } from '../../node/accounts.ts';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { readProcesses } from '../../node/processes.ts';
import { parseSockets, type ListeningSocket } from '../../node/sockets.ts';

/** One port that somebody on this host listens on. */
export interface Listener {
  readonly protocol: ListeningSocket['protocol'];
  readonly address: string;
  readonly port: number;
  /** Account that made the socket, or its number. */
  readonly user: string;
  /** Name of a process that holds it; null when none may be seen to. */
  readonly process: string | null;
  /** As /proc/net writes it. */
  readonly raw: string;
}

const protocols = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/** Listening sockets with their owners. */
export const nodeListeners = defineProbe({
  id: 'node.listeners',
  subject: 'node',
  title: 'Listening TCP and UDP sockets with account and process (/proc/net, /proc/*/fd)',
  privilege: 'none; root to name the processes of other accounts',
  grants: [],
  async collect({ node }): Promise<readonly Listener[]> {
    const names = new Map(
      parsePasswd((await node.readText('/etc/passwd')) ?? '')
        .toReversed()
        .map(({ uid, name }) => [uid, name]),
    );
    const sockets: ListeningSocket[] = [];
    for (const protocol of protocols) {
      // Without IPv6 in the kernel there is no such file.
      sockets.push(...parseSockets((await node.readText(`/proc/net/${protocol}`)) ?? '', protocol));
    }
    const holders = await readHolders(node, new Set(sockets.map(({ inode }) => inode)));
    const listeners = new Map<string, Listener>();
    for (const { protocol, address, port, uid, inode, raw } of sockets) {
      const user = names.get(uid) ?? String(uid);
      const process = holders.get(inode) ?? null;
      listeners.set(`${protocol} ${raw} ${user}`, { protocol, address, port, user, process, raw });
    }
    return [...listeners.values()].toSorted((a, b) => a.port - b.port || (a.raw < b.raw ? -1 : 1));
  },
});

async function readHolders(node: NodeAccess, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const holders = new Map<string, string>();
  for (const { pid, name } of await readProcesses(node)) {
    const handles = await attempt(node.list(`/proc/${pid}/fd`));
    if (handles.state !== 'present') continue;
    for (const handle of handles.value) {
      const link = await attempt(node.readLink(`/proc/${pid}/fd/${handle}`));
      const inode =
        link.state === 'present' ? /^socket:\[(?<inode>\d+)\]$/.exec(link.value)?.groups?.['inode'] : undefined;
      if (inode !== undefined && wanted.has(inode) && !holders.has(inode)) holders.set(inode, name);
    }
  }
  return holders;
}
