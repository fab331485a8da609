import { undecided, type ShellEvidence, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { shellWord } from '../psql-command.ts';
import type { Text } from '../text.ts';

type Config = FactMap['pgbouncer.config'];

/** Value of a setting; undefined where this version does not have it. */
export const findSetting = (config: Config, name: string): string | undefined => config[name]?.value;

/** A setting that is a number. */
export function findNumber(config: Config, name: string): number | undefined {
  const value = findSetting(config, name);
  return value !== undefined && /^\d+(?:\.\d+)?$/u.test(value) ? Number(value) : undefined;
}

/** Words of a setting that is a list. */
export const settingList = (config: Config, name: string): readonly string[] =>
  (findSetting(config, name) ?? '').split(/[\s,]+/u).filter((word) => word !== '');

/** Permission bits of unix_socket_mode: `0777`, or 511 as versions before 1.19 print it. */
export function socketMode(config: Config): number | undefined {
  const text = findSetting(config, 'unix_socket_mode') ?? '';
  if (!/^\d+$/u.test(text)) return undefined;
  return Number.parseInt(text, text.startsWith('0') ? 8 : 10);
}

/** Settings as `name=value`, in the order of their names. One that this version does not have prints nothing. */
export const configEvidence = (config: Config, names: readonly string[], expected: Text): ShellEvidence => ({
  fact: 'pgbouncer.config',
  at: names.join(', '),
  actual: names
    .flatMap((name) => (config[name] === undefined ? [] : [`${name}=${config[name].value.split('|', 1)[0] ?? ''}`]))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected,
  shell: `{psql} -c 'SHOW CONFIG' | awk -F'|' '$1 ~ /^(${names.join('|')})$/ { print $1 "=" $2 }' | LC_ALL=C sort`,
});

/** Databases and the address behind each: `app|/run/postgresql`. */
export const hostsEvidence = (databases: FactMap['pgbouncer.databases'], expected: Text): ShellEvidence => ({
  fact: 'pgbouncer.databases',
  at: 'databases and their hosts',
  actual: databases
    .map(({ name, host }) => `${name}|${host ?? ''}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('\n'),
  expected,
  shell: `{psql} -c 'SHOW DATABASES' | cut -d'|' -f1,2 | LC_ALL=C sort`,
});

/** Mode, owner and group of a file of PgBouncer on the node. */
export const modeEvidence = (
  fact: 'node.pgbouncer-ini' | 'node.pgbouncer-userlist' | 'node.pgbouncer-hba',
  file: { readonly path: string; readonly mode: string; readonly owner: string; readonly group: string },
  expected: Text,
): ShellEvidence => ({
  fact,
  at: `mode of ${file.path}`,
  actual: `${file.mode.replace(/^0+(?=.)/u, '')} ${file.owner} ${file.group}`,
  expected,
  shell: `stat -L -c '%a %U %G' ${shellWord(file.path)}`,
});

/** How clients can reach the pooler. `socket`: not over TCP at all; `machine`: only from the host itself. */
export function reachOf(config: Config): 'socket' | 'machine' | 'network' {
  const addresses = settingList(config, 'listen_addr');
  if (addresses.length === 0) return 'socket';
  return addresses.every((address) => /^(?:127\.|::1$|localhost$)/u.test(address)) ? 'machine' : 'network';
}

/** True when the list that was read on the node is not the one PgBouncer runs with. */
export const isOtherList = (config: Config, list: { readonly path: string }): boolean => {
  const named = findSetting(config, 'auth_file') ?? '';
  return named.startsWith('/') && named !== list.path;
};

/** For a check of the list, where another one runs. */
export const otherListVerdict = (config: Config): Verdict =>
  undecided(
    {
      en: 'the auth_file that runs is not the file that was read on the node; check pgbouncerIni of collect-node --paths',
      zh: '运行中的 auth_file 与节点上读取的文件不一致，无法判定，请检查 collect-node --paths 的 pgbouncerIni',
    },
    configEvidence(config, ['auth_file'], { en: 'the file that was read', zh: '所读取的文件' }),
  );
