import { join } from 'node:path';
import { defineProbe } from '../../probe.ts';
import { attempt } from '../../node/attempt.ts';
import { isEncrypted, mountOf, parseMounts } from '../../node/mounts.ts';

/** The file system that holds one folder. */
export interface Volume {
  readonly what: 'pgdata' | 'wal' | 'log' | 'etcd' | 'temporary';
  readonly path: string;
  /** The path without symbolic links. */
  readonly realPath: string;
  readonly mountPoint: string;
  readonly source: string;
  readonly fsType: string;
  readonly options: readonly string[];
  /** dm-crypt below it; null where the kernel does not say (network file systems, overlays, memory). */
  readonly isEncrypted: boolean | null;
  readonly sizeBytes: number;
  readonly availableBytes: number;
  readonly inodes: number;
  readonly availableInodes: number;
}

/** Where data lies, how full that is, and whether it is encrypted. Folders that are not there are left out. */
export const nodeVolumes = defineProbe({
  id: 'node.volumes',
  subject: 'node',
  title: 'File systems of data, WAL, logs and etcd: device, encryption, options, free space',
  privilege: 'search permission on the folders: root, or their owners',
  grants: [],
  async collect({ node }): Promise<readonly Volume[]> {
    const mounts = parseMounts((await node.readText('/proc/self/mountinfo')) ?? '');
    const folders = [
      { what: 'pgdata', path: node.paths.pgData },
      { what: 'wal', path: join(node.paths.pgData, 'pg_wal') },
      { what: 'log', path: node.paths.pgLog },
      { what: 'etcd', path: node.paths.etcdData },
      { what: 'temporary', path: '/tmp' },
    ] as const;
    const volumes: Volume[] = [];
    for (const { what, path } of folders) {
      // pg_wal of an unreadable data directory is unknown; the data directory itself tells so.
      const real = what === 'wal' ? await attempt(node.resolve(path)) : undefined;
      const realPath =
        real === undefined ? await node.resolve(path) : real.state === 'present' ? real.value : undefined;
      const mount = realPath === undefined ? undefined : mountOf(mounts, realPath);
      const space = realPath === undefined ? undefined : await node.space(realPath);
      if (realPath === undefined || mount === undefined || space === undefined) continue;
      const { mountPoint, source, fsType, options, device } = mount;
      volumes.push({
        what,
        path,
        realPath,
        mountPoint,
        source,
        fsType,
        options,
        isEncrypted: await isEncrypted(node, device),
        ...space,
      });
    }
    return volumes;
  },
});
