import { defineProbe } from '../../probe.ts';

/** What a host runs. */
export interface Host {
  /** `/etc/os-release`: `debian`, `rocky`. Null without that file. */
  readonly id: string | null;
  /** `12`, `9.4`. */
  readonly versionId: string | null;
  readonly prettyName: string | null;
  /** `6.1.0-30-amd64`. */
  readonly kernel: string | null;
  /** Whether the collector ran as root. */
  readonly isRoot: boolean;
}

/** Distribution and kernel. */
export const nodeHost = defineProbe({
  id: 'node.host',
  subject: 'node',
  title: 'Distribution and kernel (/etc/os-release, /proc)',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<Host> {
    const release = (await node.readText('/etc/os-release')) ?? '';
    const word = (key: string): string | null =>
      new RegExp(`^${key}=(?<quote>["']?)(?<value>.*)\\k<quote>$`, 'm').exec(release)?.groups?.['value'] ?? null;
    return {
      id: word('ID'),
      versionId: word('VERSION_ID'),
      prettyName: word('PRETTY_NAME'),
      kernel: (await node.readText('/proc/sys/kernel/osrelease'))?.trim() ?? null,
      isRoot: node.isRoot,
    };
  },
});
