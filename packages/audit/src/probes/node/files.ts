import { join } from 'node:path';
import { defineProbe } from '../../probe.ts';
import type { FileFacts } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { knownFiles, type FileRole } from '../../node/known-files.ts';

/** One file that should be protected: symbolic links are followed, as `stat -L` does. */
export interface NodeFile {
  readonly role: FileRole;
  readonly path: string;
  /** `denied`: the collector may not even look. */
  readonly state: 'present' | 'absent' | 'denied';
  readonly type?: FileFacts['type'];
  /** `0600`. */
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

export interface NodeFiles {
  /** Account the database server runs as. */
  readonly pgUser: string;
  readonly files: readonly NodeFile[];
}

/** Modes and owners of the data directory, of configuration, of keys and of files with passwords. */
export const nodeFiles = defineProbe({
  id: 'node.files',
  subject: 'node',
  title: 'Modes and owners of data, configuration, key and password files (stat)',
  privilege: 'search permission on their folders: root, or the user of the database server for its own',
  grants: [],
  async collect({ node }): Promise<NodeFiles> {
    const tablespaces = await attempt(node.list(join(node.paths.pgData, 'pg_tblspc')));
    const known = [
      ...knownFiles(node.paths),
      ...(tablespaces.state === 'present' ? tablespaces.value : []).map((name) => ({
        role: 'tablespace' as const,
        path: join(node.paths.pgData, 'pg_tblspc', name),
      })),
    ];
    const files: NodeFile[] = [];
    for (const { role, path } of known) {
      const seen = await attempt(node.facts(path, { follow: true }));
      if (seen.state !== 'present') files.push({ role, path, state: seen.state });
      else {
        const { type, mode, owner, group } = seen.value;
        files.push({ role, path, state: 'present', type, mode, owner, group });
      }
    }
    return { pgUser: node.paths.pgUser, files };
  },
});
