import { defineClusterCheck, fail } from '../../check.ts';
import { ageHours, backupViews, missingEvidence, missingReason, newestEvidence, newestOf } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const backupFullFresh = defineClusterCheck({
  id: 'backup-full-fresh',
  catalogue: ['BKP-002'],
  title: { en: 'A full backup is fresh', zh: '全量备份时效符合要求' },
  severity: 'critical',
  rationale: {
    en: 'The older the backup, the more WAL has to be replayed, and the more of it has to be whole.',
    zh: '备份越旧，恢复需重放的 WAL 越多，对 WAL 完整性的依赖越大。',
  },
  remediation: {
    en: 'Schedule backups on every member that may become primary and alert on their age.',
    zh: '在所有可能成为主库的成员上配置备份计划，并对备份时效告警。',
  },
  fix: ['pgbackrest --stanza={stanza} --type=full backup'],
  needs: ['node.pgbackrest-info'],
  members: 'partial',
  params: { maxHours: 168, failFactor: 1.5 },
  evaluate({ 'node.pgbackrest-info': infos }, { maxHours, failFactor }, { at }) {
    const views = backupViews(infos);
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const shown = newestEvidence(view, 'full', { en: `at most ${maxHours} hours old`, zh: `不超过 ${maxHours} 小时` });
    const among = view.stanza.backups.filter((backup) => backup.type === 'full');
    const newest = newestOf(among);
    if (newest === undefined) return fail({ en: 'there is no full backup', zh: '经核查，无全量备份' }, shown);
    const hours = ageHours(newest, at);
    const keys = view.stanza.repositories.map(({ key }) => key);
    const late = keys.filter((key) => {
      const own = newestOf(among.filter((backup) => backup.repoKey === key));
      return own === undefined || ageHours(own, at) > maxHours;
    });
    const isLate = hours > maxHours;
    return verdictOf({
      complaints: isLate
        ? [
            complaint(
              hours > maxHours * failFactor ? 'fail' : 'warn',
              `the newest full backup (${newest.label}) is ${Math.floor(hours)} hours old`,
              `最新全量备份 ${newest.label} 距今 ${Math.floor(hours)} 小时`,
              shown,
            ),
          ]
        : late.map((key) =>
            complaint(
              'warn',
              `repository ${key} has no full backup that fresh`,
              `仓库 ${key} 无满足时效的全量备份`,
              shown,
            ),
          ),
      good: {
        en: `${newest.label} is ${Math.floor(hours)} hours old`,
        zh: `最新全量备份 ${newest.label} 距今 ${Math.floor(hours)} 小时`,
      },
      evidence: [shown],
    });
  },
});
