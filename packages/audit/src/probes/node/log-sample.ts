import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { countEvents, type LogEventCount } from '../../node/log-events.ts';
import { parseLogRecords, type LogFormat } from '../../node/log-records.ts';
import { countPersonalData, type PersonalDataKind } from '../../node/personal-data.ts';
import { readServerConfig } from '../../node/server-config.ts';
import { defineProbe } from '../../probe.ts';

/** What the end of the newest log file holds, in counts: no line of it leaves the host. */
export interface LogSample {
  readonly path: string;
  readonly format: LogFormat;
  readonly bytes: number;
  /** SHA-256 of the sample, so that it can be recognised in an archive. */
  readonly sha256: string;
  readonly records: number;
  readonly events: readonly LogEventCount[];
  readonly personalData: Readonly<Record<PersonalDataKind, number>>;
}

const sampleBytes = 512 * 1024;
const formats: readonly { readonly ending: string; readonly format: LogFormat }[] = [
  { ending: '.csv', format: 'csvlog' },
  { ending: '.json', format: 'jsonlog' },
  { ending: '.log', format: 'stderr' },
];

/** The newest log of the server, sampled and redacted on the host. Null where there is none. */
export const nodeLogSample = defineProbe({
  id: 'node.log-sample',
  subject: 'node',
  title: 'Kinds of events and their fields in the last 512 KiB of the newest log of PostgreSQL (counts only)',
  privilege: 'read the logs of the server: root, its account, or the group of the logs',
  grants: [],
  async collect({ node }): Promise<LogSample | null> {
    const config = await readServerConfig(node);
    const declared = config.get('log_directory');
    const folders = [
      ...(declared === undefined ? [] : [resolve(node.paths.pgData, declared)]),
      node.paths.pgLog,
      join(node.paths.pgLog, 'postgres'),
    ];
    for (const { ending, format } of formats) {
      const path = await findNewest(node, folders, ending);
      if (path === undefined) continue;
      const text = (await node.readEnd(path, sampleBytes)) ?? '';
      const records = parseLogRecords(format, text, config.get('log_line_prefix') ?? '%m [%p] ');
      return {
        path,
        format,
        bytes: Buffer.byteLength(text),
        sha256: createHash('sha256').update(text).digest('hex'),
        records: records.length,
        events: countEvents(records),
        personalData: countPersonalData(text),
      };
    }
    return null;
  },
});

/** The file of a kind that was written to last. Errors: permission_denied. */
async function findNewest(node: NodeAccess, folders: readonly string[], ending: string): Promise<string | undefined> {
  let newest: { readonly path: string; readonly modifiedAt: string } | undefined;
  for (const folder of new Set(folders)) {
    for (const name of (await node.list(folder)) ?? []) {
      if (!name.endsWith(ending)) continue;
      const facts = await attempt(node.facts(join(folder, name)));
      // A pipe or a device might never end.
      if (facts.state !== 'present' || facts.value.type !== 'file' || facts.value.sizeBytes === 0) continue;
      const { path, modifiedAt } = facts.value;
      if (newest === undefined || modifiedAt > newest.modifiedAt) newest = { path, modifiedAt };
    }
  }
  return newest?.path;
}
