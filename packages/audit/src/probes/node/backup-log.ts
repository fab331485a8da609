import { join } from 'node:path';
import type { NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { readNodeBackrest } from '../../node/backrest-config.ts';
import { readProcesses } from '../../node/processes.ts';
import { defineProbe } from '../../probe.ts';

export type BackupLog =
  | { readonly isConfigured: false }
  | {
      readonly isConfigured: true;
      /** Folder of the logs of pgBackRest. */
      readonly logPath: string;
      /** Whether it writes log files at all (`log-level-file` other than off). */
      readonly isWritten: boolean;
      /** Configuration files of log collectors that name the folder, or files of pgBackRest. */
      readonly collectedBy: readonly string[];
      /** Configuration files that were looked through; those that may not be read are in `denied`. */
      readonly looked: readonly string[];
      readonly denied: readonly string[];
      /** Collectors that run. */
      readonly running: readonly string[];
    };

const collectors = new Set([
  'vector',
  'promtail',
  'alloy',
  'filebeat',
  'fluent-bit',
  'fluentd',
  'td-agent',
  'rsyslogd',
  'syslog-ng',
  'otelcol',
  'vlagent',
]);
const folders = [
  '/etc/vector',
  '/etc/promtail',
  '/etc/alloy',
  '/etc/filebeat',
  '/etc/filebeat/inputs.d',
  '/etc/fluent-bit',
  '/etc/fluentd',
  '/etc/td-agent',
  '/etc/rsyslog.d',
  '/etc/syslog-ng',
  '/etc/syslog-ng/conf.d',
  '/etc/otelcol',
] as const;

/** Whether what backups and restores write down leaves this node. */
export const nodeBackupLog = defineProbe({
  id: 'node.backup-log',
  subject: 'node',
  title: 'Log files of pgBackRest, and the log collectors that are configured to read them',
  privilege: 'root, for the configuration of pgBackRest and of the log collectors',
  grants: [],
  async collect({ node }): Promise<BackupLog> {
    const read = await readNodeBackrest(node);
    if (read === undefined) return { isConfigured: false };
    const { logPath } = read.settings;
    const level = /^\s*log-level-file\s*=\s*(?<level>\S+)/mu.exec(read.text)?.groups?.['level'];
    const { texts, denied } = await readConfigs(node);
    const names = (await readProcesses(node)).map(({ name }) => name);
    return {
      isConfigured: true,
      logPath,
      isWritten: level !== 'off',
      collectedBy: texts.filter(({ text }) => mentions(text, logPath)).map(({ path }) => path),
      looked: texts.map(({ path }) => path),
      denied,
      running: [...new Set(names)].filter((name) => collectors.has(name)).toSorted(),
    };
  },
});

/** On a line that is no comment; a pattern such as `/pg/log/*` or a folder above it counts with the folder's name. */
const mentions = (text: string, logPath: string): boolean =>
  text
    .split('\n')
    .some((line) => !/^\s*(?:#|\/\/|;)/u.test(line) && (line.includes(logPath) || line.includes('pgbackrest')));

async function readConfigs(node: NodeAccess): Promise<{
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly denied: readonly string[];
}> {
  const texts: { readonly path: string; readonly text: string }[] = [];
  const denied: string[] = [];
  for (const folder of folders) {
    const names = await attempt(node.list(folder));
    if (names.state === 'denied') denied.push(folder);
    for (const name of names.state === 'present' ? names.value : []) {
      const path = join(folder, name);
      if (!/\.(?:ya?ml|toml|conf|json|alloy|river)$/u.test(name)) continue;
      const text = await attempt(node.readText(path));
      if (text.state === 'denied') denied.push(path);
      if (text.state === 'present') texts.push({ path, text: text.value });
    }
  }
  return { texts, denied };
}
