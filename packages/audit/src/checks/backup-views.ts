import type { ShellEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Observation } from '../probe.ts';
import type { Text } from '../text.ts';
import { seenMembers } from './members.ts';
import { nodeEvidence, shellWord } from './node-evidence.ts';

type Info = FactMap['node.pgbackrest-info'];
type Installed = Extract<Info, { readonly isInstalled: true }>;
export type Backup = Installed['stanza']['backups'][number];

/** What one node sees of the repositories. */
export interface BackupView {
  /** Id of the node. */
  readonly member: string;
  readonly config: string;
  readonly stanza: Installed['stanza'];
}

/** Views of the nodes that answered and have pgBackRest, the one with the newest backup first. */
export const backupViews = (facts: ReadonlyMap<string, Observation<Info>>): readonly BackupView[] =>
  seenMembers(facts)
    .flatMap(({ member, value }) => (value.isInstalled ? [{ member, config: value.config, stanza: value.stanza }] : []))
    .toSorted((a, b) => newestStop(b) - newestStop(a));

const newestStop = ({ stanza }: BackupView): number =>
  Math.max(0, ...stanza.backups.map(({ stopSeconds }) => stopSeconds));

/** Newest backup among these, undefined without any. */
export const newestOf = (backups: readonly Backup[]): Backup | undefined =>
  backups.toSorted((a, b) => a.stopSeconds - b.stopSeconds).at(-1);

/** Hours between the end of a backup and a time. */
export const ageHours = ({ stopSeconds }: Backup, at: string): number => (Date.parse(at) / 1000 - stopSeconds) / 3600;

/** What `jq -r` prints of the first stanza of `pgbackrest info`. */
export const infoEvidence = (
  { member, config, stanza }: BackupView,
  at: string,
  jq: string,
  actual: string,
  expected: Text,
): ShellEvidence =>
  nodeEvidence(
    'node.pgbackrest-info',
    at,
    `pgbackrest info --config=${shellWord(config)} --stanza=${shellWord(stanza.name)} --output=json --log-level-console=off --log-level-file=off | jq -r '.[0] | ${jq}'`,
    actual,
    expected,
    member,
  );

/** Labels of the newest backups, one a line: `20261121-235830F`. */
export const newestEvidence = (view: BackupView, type: 'full' | 'any', expected: Text): ShellEvidence => {
  const among = type === 'full' ? view.stanza.backups.filter((backup) => backup.type === 'full') : view.stanza.backups;
  const filter = type === 'full' ? 'map(select(.type == "full"))' : '.';
  return infoEvidence(
    view,
    type === 'full' ? 'newest full backup' : 'newest backup',
    `.backup | ${filter} | sort_by(.timestamp.stop) | last | .label // ""`,
    newestOf(among)?.label ?? '',
    expected,
  );
};

/** No node has pgBackRest: what is missing on the first of them that answered. */
export const missingReason = (facts: ReadonlyMap<string, Observation<Info>>): Text => {
  const why =
    seenMembers(facts).flatMap(({ value }) => (value.isInstalled ? [] : [value.why]))[0] ?? 'nothing answered';
  return { en: `no node backs the cluster up: ${why}`, zh: `各节点均未配置备份：${why}` };
};

/** That a node has no configuration of pgBackRest. */
export const missingEvidence = (facts: ReadonlyMap<string, Observation<Info>>): readonly ShellEvidence[] =>
  seenMembers(facts).map(({ member }) =>
    nodeEvidence(
      'node.pgbackrest-info',
      'pgbackrest',
      'command -v pgbackrest >/dev/null && ls /etc/pgbackrest/pgbackrest.conf 2>/dev/null || true',
      '',
      { en: 'installed and configured', zh: '已安装并配置' },
      member,
    ),
  );
