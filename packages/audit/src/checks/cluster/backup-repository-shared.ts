import { defineClusterCheck, fail } from '../../check.ts';
import { backupViews, infoEvidence, missingEvidence, missingReason, type BackupView } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { seenMembers } from '../members.ts';

export const backupRepositoryShared = defineClusterCheck({
  id: 'backup-repository-shared',
  catalogue: ['BKP-011'],
  title: { en: 'Every member sees the same backups', zh: '各成员均可访问相同备份' },
  severity: 'high',
  rationale: {
    en: 'A repository on the disk of one member is lost with it, and out of reach for whoever takes over.',
    zh: '仓库位于单个成员本地时，该成员故障后备份随之丢失或不可达。',
  },
  remediation: {
    en: 'Put the repository on an object store or a repository host that every member reaches.',
    zh: '将仓库置于各成员均可访问的对象存储或备份主机。',
  },
  fix: ['pigsty.yml: pgbackrest_method: minio'],
  needs: ['node.pgbackrest-info', 'pg.server'],
  optional: ['pg.server'],
  members: 'complete',
  params: {},
  evaluate({ 'node.pgbackrest-info': all, 'pg.server': servers }) {
    // A host without a server, of etcd or of the monitoring, takes over nothing.
    const hosts = new Set([...servers.keys()].map((member) => `${member}.node`));
    const infos = new Map([...all].filter(([node]) => hosts.size === 0 || hosts.has(node)));
    const views = backupViews(infos);
    const shown = views.map((view) =>
      infoEvidence(
        view,
        'repository and label of each backup',
        '[.backup[] | "\\(.database["repo-key"] // 1) \\(.label)"] | sort | join("\\n")',
        labels(view),
        { en: 'the same on every member', zh: '各成员一致' },
      ),
    );
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const without = seenMembers(infos)
      .filter(({ value }) => !value.isInstalled)
      .map(({ member }) => member);
    const different = views.filter((other) => labels(other) !== labels(view)).map(({ member }) => member);
    return verdictOf({
      complaints: [
        ...(without.length > 0
          ? [
              complaint(
                'fail',
                `${without.join(', ')} cannot back up after a failover`,
                `${without.join('、')} 切换后无法备份`,
                ...missingEvidence(new Map([...infos].filter(([member]) => without.includes(member)))),
              ),
            ]
          : []),
        ...(different.length > 0
          ? [
              complaint(
                'fail',
                `${different.join(', ')} see other backups than ${view.member}`,
                `${different.join('、')} 所见备份与 ${view.member} 不一致`,
                ...shown,
              ),
            ]
          : []),
      ],
      good: {
        en: `${views.length} members see the same ${view.stanza.backups.length} backups`,
        zh: `${views.length} 个成员所见 ${view.stanza.backups.length} 个备份一致`,
      },
      evidence: shown,
    });
  },
});

const labels = ({ stanza }: BackupView): string =>
  stanza.backups
    .map(({ label, repoKey }) => `${repoKey} ${label}`)
    .toSorted()
    .join('\n');
