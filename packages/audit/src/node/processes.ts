import type { NodeAccess } from './access.ts';
import { attempt } from './attempt.ts';

/** One process of the host. */
export interface HostProcess {
  readonly pid: number;
  /** Name as the kernel keeps it, 15 characters at most: `postgres`, `patroni`, `pgbouncer`. */
  readonly name: string;
  readonly uid: number;
}

/** Processes with an address space; threads of the kernel are none. Those that end meanwhile are left out. */
export async function readProcesses(node: NodeAccess): Promise<readonly HostProcess[]> {
  const pids = ((await node.list('/proc')) ?? [])
    .filter((name) => /^\d+$/.test(name))
    .toSorted((a, b) => Number(a) - Number(b));
  const found: HostProcess[] = [];
  for (const pid of pids) {
    const status = await attempt(node.readText(`/proc/${pid}/status`));
    if (status.state !== 'present' || !/^VmSize:/m.test(status.value)) continue;
    const name = /^Name:\s*(?<name>.*)$/m.exec(status.value)?.groups?.['name'];
    const uid = /^Uid:\s*\d+\s+(?<uid>\d+)/m.exec(status.value)?.groups?.['uid'];
    if (name !== undefined && uid !== undefined) found.push({ pid: Number(pid), name, uid: Number(uid) });
  }
  return found;
}

/**
 * Pid of the server's first process: the lowest of those named postgres that work in its data directory. The pid in
 * postmaster.pid is of another numbering where the server runs in a container. Undefined when none is seen.
 */
export async function findPostmaster(node: NodeAccess): Promise<number | undefined> {
  const data = await node.resolve(node.paths.pgData);
  if (data === undefined) return undefined;
  for (const { pid, name } of await readProcesses(node)) {
    if (name !== 'postgres' && name !== 'postmaster') continue;
    const folder = await attempt(node.readLink(`/proc/${pid}/cwd`));
    if (folder.state === 'present' && folder.value === data) return pid;
  }
  return undefined;
}
