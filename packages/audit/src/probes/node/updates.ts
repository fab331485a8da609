import { defineProbe } from '../../probe.ts';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';

/** One update that is known and not installed. */
export interface PendingUpdate {
  readonly name: string;
  readonly installed: string;
  readonly candidate: string;
  readonly isSecurity: boolean;
}

export interface Updates {
  readonly manager: 'apt' | 'dnf' | null;
  /** At most 200, security first. */
  readonly pending: readonly PendingUpdate[];
  readonly pendingCount: number;
  readonly securityCount: number;
  /** When the list of what exists was last fetched, ISO 8601 UTC; null when it never was. */
  readonly listsUpdatedAt: string | null;
  /** A package asked for a restart of the host (Debian). */
  readonly needsReboot: boolean;
}

/** Updates that the package manager knows of without asking the network. */
export const nodeUpdates = defineProbe({
  id: 'node.updates',
  subject: 'node',
  title: 'Pending updates by the lists on this host (apt-get -s, dnf -C); nothing is fetched',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<Updates> {
    const apt = await node.run('apt-get', ['-s', '-o', 'Debug::NoLocking=1', 'dist-upgrade']);
    const isApt = apt?.exitCode === 0;
    const dnf = isApt ? undefined : await node.run('dnf', ['-C', 'updateinfo', 'list', '--available']);
    const pending = isApt ? parseApt(apt.stdout) : dnf?.exitCode === 0 ? parseDnf(dnf.stdout) : [];
    const security = pending.filter(({ isSecurity }) => isSecurity);
    return {
      manager: isApt ? 'apt' : dnf?.exitCode === 0 ? 'dnf' : null,
      pending: [...security, ...pending.filter(({ isSecurity }) => !isSecurity)].slice(0, 200),
      pendingCount: pending.length,
      securityCount: security.length,
      listsUpdatedAt: await newestOf(node, isApt ? '/var/lib/apt/lists' : '/var/cache/dnf'),
      needsReboot: (await attempt(node.facts('/run/reboot-required'))).state === 'present',
    };
  },
});

/** `Inst openssl [3.0.15-1] (3.0.16-1 Debian-Security:12/stable-security [amd64])`. */
const parseApt = (text: string): readonly PendingUpdate[] =>
  [...text.matchAll(/^Inst (?<name>\S+) \[(?<installed>[^\]]+)\] \((?<candidate>\S+) (?<origin>[^)]*)/gm)].map(
    ({ groups }) => ({
      name: groups?.['name'] ?? '',
      installed: groups?.['installed'] ?? '',
      candidate: groups?.['candidate'] ?? '',
      isSecurity: /security/i.test(groups?.['origin'] ?? ''),
    }),
  );

/** `RLSA-2026:1234 Important/Sec. openssl-1:3.0.7-29.el9.x86_64`. */
const parseDnf = (text: string): readonly PendingUpdate[] =>
  [...text.matchAll(/^\S+\s+(?<kind>\S+)\s+(?<candidate>\S+-\S+)$/gm)].map(({ groups }) => ({
    name: (groups?.['candidate'] ?? '').replace(/-[^-]+-[^-]+$/, ''),
    installed: '',
    candidate: groups?.['candidate'] ?? '',
    isSecurity: /sec/i.test(groups?.['kind'] ?? ''),
  }));

async function newestOf(node: NodeAccess, folder: string): Promise<string | null> {
  const names = await attempt(node.list(folder));
  if (names.state !== 'present') return null;
  const times: string[] = [];
  for (const name of names.value) {
    if (name === 'lock' || name === 'partial' || name === 'auxfiles') continue;
    const facts = await attempt(node.facts(`${folder}/${name}`));
    if (facts.state === 'present') times.push(facts.value.modifiedAt);
  }
  return times.toSorted().at(-1) ?? null;
}
