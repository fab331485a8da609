import { defineProbe } from '../../probe.ts';

/** One line that starts a backup. Its command is left out: it may hold secrets. */
export interface ScheduledBackup {
  readonly file: string;
  readonly line: number;
  /** Five fields of cron, `@daily`, or the name of a timer. */
  readonly schedule: string;
  /** Where the command says it; null when it does not. */
  readonly type: 'full' | 'diff' | 'incr' | null;
}

export interface BackupSchedule {
  readonly entries: readonly ScheduledBackup[];
  /** Files that were looked through. */
  readonly files: readonly string[];
}

const backup = /pg-backup\b|pgbackrest\b.*\bbackup\b/;

/** Backups that cron or a systemd timer starts on this node. */
export const nodeBackupSchedule = defineProbe({
  id: 'node.backup-schedule',
  subject: 'node',
  title: 'Lines of cron and systemd timers that start a backup',
  privilege: 'root, or the user of the database server for its own crontab',
  grants: [],
  async collect({ node }): Promise<BackupSchedule> {
    const { pgUser } = node.paths;
    const names = ((await node.list('/etc/cron.d')) ?? []).map((name) => `/etc/cron.d/${name}`);
    const files = [`/var/spool/cron/crontabs/${pgUser}`, `/var/spool/cron/${pgUser}`, '/etc/crontab', ...names];
    const entries: ScheduledBackup[] = [];
    const seen: string[] = [];
    for (const file of files) {
      const text = await node.readText(file);
      if (text === undefined) continue;
      seen.push(file);
      for (const [index, line] of text.split('\n').entries()) {
        const schedule = /^\s*(?<schedule>@\w+|(?:[\d*/,-]+\s+){4}[\w*/,-]+)\s/.exec(line)?.groups?.['schedule'];
        if (schedule === undefined || !backup.test(line)) continue;
        const word = /\b(?<type>full|diff|incr)\b/.exec(line)?.groups?.['type'];
        const type = (['full', 'diff', 'incr'] as const).find((name) => name === word) ?? null;
        entries.push({ file, line: index + 1, schedule, type });
      }
    }
    for (const name of (await node.list('/etc/systemd/system')) ?? []) {
      if (!name.endsWith('.timer')) continue;
      const file = `/etc/systemd/system/${name}`;
      const service = await node.readText(file.replace(/\.timer$/, '.service'));
      if (service === undefined || !backup.test(service)) continue;
      seen.push(file);
      const word = /\b(?<type>full|diff|incr)\b/.exec(service)?.groups?.['type'];
      const type = (['full', 'diff', 'incr'] as const).find((one) => one === word) ?? null;
      entries.push({ file, line: 1, schedule: name, type });
    }
    return { entries, files: seen };
  },
});
