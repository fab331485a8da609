import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectError } from '@pgattest/connect';
import { sha256 } from '../../evidence/hash.ts';
import { parseNodeDocument } from '../../node/document.ts';
import { defineProbe } from '../../probe.ts';
import type { NodeDigests } from '../node/digests.ts';

/** What was approved of one host. */
export interface NodeBaseline {
  /** Name of the file in the folder of baselines. */
  readonly file: string;
  readonly sha256: string;
  /** When its facts were collected, ISO 8601 UTC. */
  readonly collectedAt: string;
  readonly files: NodeDigests['files'];
}

export interface Baselines {
  /** Whether a folder is configured. */
  readonly isDeclared: boolean;
  /** By name of the file without its ending, which is the name of the host's member. */
  readonly byHost: Readonly<Record<string, NodeBaseline>>;
}

/** Facts of hosts that were approved: the files of `collect-node` as they were laid into the folder of baselines. */
export const recordsBaselines = defineProbe({
  id: 'records.baselines',
  subject: 'records',
  title: 'Approved digests of programs, libraries and configuration by host',
  privilege: 'read access to the folder of baselines',
  grants: [],
  async collect({ baselineDir }): Promise<Baselines> {
    if (baselineDir === undefined) return { isDeclared: false, byHost: {} };
    const names = await readdir(baselineDir).catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ConnectError('invalid_data', `cannot list the baselines in ${baselineDir}: ${why}`, { cause });
    });
    const byHost: Record<string, NodeBaseline> = {};
    for (const file of names.filter((name) => name.endsWith('.json')).toSorted()) {
      const path = join(baselineDir, file);
      const text = await readFile(path, 'utf8');
      const { collectedAt, observations } = parseNodeDocument(text, path);
      const found = observations.find(({ probe }) => probe === 'node.digests')?.observation;
      byHost[file.replace(/\.json$/u, '')] = {
        file,
        sha256: sha256(text),
        collectedAt,
        files: found?.status === 'ok' ? filesOf(found.value, path) : [],
      };
    }
    return { isDeclared: true, byHost };
  },
});

/** Errors: ConnectError invalid_data. */
function filesOf(value: unknown, path: string): NodeDigests['files'] {
  const files: unknown = typeof value === 'object' && value !== null && 'files' in value ? value.files : undefined;
  if (Array.isArray(files) && files.every(isDigestedFile)) return files;
  throw new ConnectError('invalid_data', `${path} holds no digests of files; collect the node again`);
}

const isDigestedFile = (item: unknown): item is NodeDigests['files'][number] =>
  typeof item === 'object' &&
  item !== null &&
  'path' in item &&
  typeof item.path === 'string' &&
  'sha256' in item &&
  typeof item.sha256 === 'string' &&
  'kind' in item &&
  (item.kind === 'program' || item.kind === 'library' || item.kind === 'config');
