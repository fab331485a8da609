import { join } from 'node:path';
import { defineProbe } from '../../probe.ts';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';

/** A copy of data that is not the running server's. */
export interface Leftover {
  readonly kind: 'data-directory' | 'dump';
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string;
}

export interface Leftovers {
  readonly root: string;
  readonly found: readonly Leftover[];
  /** Folders that could not be entered; what is in them is unknown. */
  readonly denied: readonly string[];
  /** The search was ended at its bound. */
  readonly isCut: boolean;
}

const dump = /\.(?:dump|sql|sql\.gz|sql\.zst|pgdump|backup\.tar|tar\.gz)$/;
/** A script of a few lines is no dump. */
const leastDumpBytes = 65_536;
const maxFolders = 2000;
const maxDepth = 4;

/** Data directories and dumps below the data root, besides the server's own folder. */
export const nodeLeftovers = defineProbe({
  id: 'node.leftovers',
  subject: 'node',
  title: 'Data directories and dumps below the data root that no server uses',
  privilege: 'root, or the user of the database server',
  grants: [],
  async collect({ node }): Promise<Leftovers> {
    const active = await node.resolve(node.paths.pgData);
    const root = node.paths.dataRoot;
    const found: Leftover[] = [];
    const denied: string[] = [];
    const queue: { readonly path: string; readonly depth: number }[] = [{ path: root, depth: 0 }];
    let looked = 0;
    for (let next = queue.shift(); next !== undefined && looked < maxFolders; next = queue.shift()) {
      looked += 1;
      const names = await attempt(node.list(next.path));
      if (names.state === 'denied') denied.push(next.path);
      if (names.state !== 'present') continue;
      if (names.value.includes('PG_VERSION')) {
        if ((await node.resolve(next.path)) !== active)
          found.push(...(await leftoverAt(node, next.path, 'data-directory')));
        continue;
      }
      for (const name of names.value) {
        const path = join(next.path, name);
        const facts = await attempt(node.facts(path));
        if (facts.state !== 'present') continue;
        if (facts.value.type === 'directory' && next.depth < maxDepth) queue.push({ path, depth: next.depth + 1 });
        else if (facts.value.type === 'file' && facts.value.sizeBytes >= leastDumpBytes && dump.test(name))
          found.push(...(await leftoverAt(node, path, 'dump')));
      }
    }
    return { root, found, denied, isCut: looked >= maxFolders };
  },
});

async function leftoverAt(node: NodeAccess, path: string, kind: Leftover['kind']): Promise<readonly Leftover[]> {
  const facts = await attempt(node.facts(path));
  if (facts.state !== 'present') return [];
  const { mode, owner, modifiedAt } = facts.value;
  return [{ kind, path, mode, owner, modifiedAt }];
}
