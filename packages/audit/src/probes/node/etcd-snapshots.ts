import { join } from 'node:path';
import type { FileFacts, NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { defineProbe } from '../../probe.ts';

/** A line of cron or a unit that saves a snapshot of etcd. Its command is left out: it may hold secrets. */
export interface ScheduledSnapshot {
  readonly file: string;
  readonly line: number;
}

export interface EtcdSnapshots {
  /** Folders that were looked into: the configured one, and those that a schedule names. */
  readonly folders: readonly string[];
  /** Folders that may not be entered. */
  readonly denied: readonly string[];
  /** The newest file that looks like a snapshot and is not empty; null where there is none. */
  readonly newest: Pick<FileFacts, 'path' | 'sizeBytes' | 'modifiedAt'> | null;
  readonly schedules: readonly ScheduledSnapshot[];
}

const saves = /\betcd(?:ctl|utl)\b.*\bsnapshot\b|\bsnapshot save\b/u;
const snapshotName = /\.(?:db|snap|snapshot|bak)(?:\.(?:gz|zst|xz|bz2))?$/u;

/** Snapshots of etcd that lie on this node, and what saves them. */
export const nodeEtcdSnapshots = defineProbe({
  id: 'node.etcd-snapshots',
  subject: 'node',
  title: 'Snapshots of etcd on this node, and lines of cron and systemd units that save them',
  privilege: 'root, for the crontabs and the folder of the snapshots',
  grants: [],
  async collect({ node }): Promise<EtcdSnapshots> {
    const { schedules, targets } = await readSchedules(node);
    const folders = [...new Set([node.paths.etcdSnapshots, ...targets])];
    const denied: string[] = [];
    let newest: EtcdSnapshots['newest'] = null;
    for (const folder of folders) {
      const names = await attempt(node.list(folder));
      if (names.state === 'denied') denied.push(folder);
      for (const name of names.state === 'present' ? names.value : []) {
        const facts = snapshotName.test(name) ? await node.facts(join(folder, name)) : undefined;
        if (facts?.type !== 'file' || facts.sizeBytes === 0) continue;
        if (newest !== null && facts.modifiedAt <= newest.modifiedAt) continue;
        newest = { path: facts.path, sizeBytes: facts.sizeBytes, modifiedAt: facts.modifiedAt };
      }
    }
    return { folders, denied, newest, schedules };
  },
});

/** Lines that save a snapshot, and the folders they name. */
async function readSchedules(
  node: NodeAccess,
): Promise<{ readonly schedules: readonly ScheduledSnapshot[]; readonly targets: readonly string[] }> {
  const inFolder = async (folder: string, wanted: RegExp): Promise<readonly string[]> =>
    ((await node.list(folder)) ?? []).filter((name) => wanted.test(name)).map((name) => join(folder, name));
  const files = [
    '/etc/crontab',
    ...(await inFolder('/etc/cron.d', /./u)),
    ...(await inFolder('/etc/cron.daily', /./u)),
    ...(await inFolder('/etc/cron.hourly', /./u)),
    ...['root', 'etcd'].flatMap((user) => [`/var/spool/cron/crontabs/${user}`, `/var/spool/cron/${user}`]),
    ...(await inFolder('/etc/systemd/system', /\.service$/u)),
  ];
  const schedules: ScheduledSnapshot[] = [];
  const targets: string[] = [];
  for (const file of files) {
    const text = await attempt(node.readText(file));
    if (text.state !== 'present') continue;
    for (const [index, line] of text.value.split('\n').entries()) {
      if (/^\s*#/u.test(line) || !saves.test(line)) continue;
      schedules.push({ file, line: index + 1 });
      // What stands before the file's name, which often holds a date.
      const folder = /\bsave\s+["']?(?<folder>\/[^\s"'$`;|&]*)\//u.exec(line)?.groups?.['folder'];
      if (folder !== undefined) targets.push(folder);
    }
  }
  return { schedules, targets };
}
