import { defineCheck } from '../../check.ts';
import { backrestEvidence, withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const nodeBackupRetentionSet = defineCheck({
  id: 'node-backup-retention-set',
  scope: 'node',
  catalogue: ['BKP-012'],
  title: { en: 'Backups are kept long enough, and not for ever', zh: '备份保留策略明确且满足要求' },
  severity: 'medium',
  rationale: {
    en: 'Without retention the repository fills up until archiving stops; with too little, damage found late has no good copy.',
    zh: '未设置保留策略会写满仓库导致归档中断；保留过短则晚发现的损坏无可用副本。',
  },
  remediation: {
    en: 'Set repoN-retention-full and its type by the policy of the organisation.',
    zh: '按组织策略设置 repoN-retention-full 及其类型。',
  },
  fix: ['pgbackrest.conf: repo1-retention-full-type=time', 'pgbackrest.conf: repo1-retention-full=14'],
  needs: ['node.pgbackrest-config'],
  params: { minDays: 7, minFulls: 2 },
  evaluate({ 'node.pgbackrest-config': config }, { minDays, minFulls }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const limit = {
      en: `${minFulls} full backups, or ${minDays} days`,
      zh: `不少于 ${minFulls} 个全量备份或 ${minDays} 天`,
    };
    const { repositories } = config;
    const items = repositories.map(({ key, retentionFull }) =>
      backrestEvidence(config, `repo${key}-retention-full`, limit, retentionFull === null ? '' : String(retentionFull)),
    );
    return verdictOf({
      complaints: repositories.flatMap(({ key, retentionFull, retentionFullType }, index) => {
        const item = items.slice(index, index + 1);
        if (retentionFull === null)
          return [
            complaint(
              'fail',
              `repository ${key} keeps every backup until it is full`,
              `仓库 ${key} 未设置保留策略`,
              ...item,
            ),
          ];
        const least = retentionFullType === 'time' ? minDays : minFulls;
        return retentionFull < least
          ? [
              complaint(
                'fail',
                `repository ${key} keeps ${retentionFull} ${retentionFullType === 'time' ? 'days' : 'full backups'} only`,
                `仓库 ${key} 仅保留 ${retentionFull} ${retentionFullType === 'time' ? '天' : '个全量备份'}`,
                ...item,
              ),
            ]
          : [];
      }),
      good: {
        en: `${repositories.length} repositories have a retention`,
        zh: `${repositories.length} 个仓库均设置保留策略`,
      },
      evidence: items,
    });
  },
});
