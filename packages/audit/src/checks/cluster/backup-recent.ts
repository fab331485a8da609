import { defineClusterCheck, fail } from '../../check.ts';
import { ageHours, backupViews, missingEvidence, missingReason, newestEvidence, newestOf } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const backupRecent = defineClusterCheck({
  id: 'backup-recent',
  catalogue: ['BKP-003'],
  title: { en: 'A backup of the last day exists', zh: '最近一日内有可用备份' },
  severity: 'high',
  rationale: {
    en: 'The older the backup, the more WAL has to be replayed, and the more of it has to be whole.',
    zh: '备份越旧，恢复需重放的 WAL 越多，对 WAL 完整性的依赖越大。',
  },
  remediation: {
    en: 'Schedule backups on every member that may become primary and alert on their age.',
    zh: '在所有可能成为主库的成员上配置备份计划，并对备份时效告警。',
  },
  fix: ['pgbackrest --stanza={stanza} --type=incr backup'],
  needs: ['node.pgbackrest-info'],
  members: 'partial',
  params: { maxHours: 26, failFactor: 1.4 },
  evaluate({ 'node.pgbackrest-info': infos }, { maxHours, failFactor }, { at }) {
    const views = backupViews(infos);
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const shown = newestEvidence(view, 'any', { en: `at most ${maxHours} hours old`, zh: `不超过 ${maxHours} 小时` });
    const among = view.stanza.backups;
    const newest = newestOf(among);
    if (newest === undefined) return fail({ en: 'there is no backup', zh: '经核查，无备份' }, shown);
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
              `the newest backup (${newest.label}) is ${Math.floor(hours)} hours old`,
              `最新备份 ${newest.label} 距今 ${Math.floor(hours)} 小时`,
              shown,
            ),
          ]
        : late.map((key) =>
            complaint('warn', `repository ${key} has no backup that fresh`, `仓库 ${key} 无满足时效的备份`, shown),
          ),
      good: {
        en: `${newest.label} is ${Math.floor(hours)} hours old`,
        zh: `最新备份 ${newest.label} 距今 ${Math.floor(hours)} 小时`,
      },
      evidence: [shown],
    });
  },
});
