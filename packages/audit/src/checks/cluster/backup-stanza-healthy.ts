import { defineClusterCheck, fail } from '../../check.ts';
import { backupViews, infoEvidence, missingEvidence, missingReason } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const backupStanzaHealthy = defineClusterCheck({
  id: 'backup-stanza-healthy',
  catalogue: ['BKP-001'],
  title: { en: 'Every repository of the stanza is healthy', zh: '备份 stanza 及各仓库状态正常' },
  severity: 'critical',
  rationale: {
    en: 'A repository that reports an error takes no backup and no WAL, however well the schedule runs.',
    zh: '仓库报错时，无论计划是否执行，备份和 WAL 均无法写入。',
  },
  remediation: {
    en: 'Read the message of the repository and mend it: stanza-create for a missing stanza, stanza-upgrade after an upgrade, access for an error.',
    zh: '根据仓库报错处理：缺失时执行 stanza-create，升级后执行 stanza-upgrade，或修复访问权限。',
  },
  fix: ['pgbackrest --stanza={stanza} check', 'pgbackrest --stanza={stanza} stanza-create'],
  needs: ['node.pgbackrest-info'],
  members: 'partial',
  params: {},
  evaluate({ 'node.pgbackrest-info': infos }) {
    const views = backupViews(infos);
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const { code, message, repositories } = view.stanza;
    const shown = infoEvidence(view, 'status code', '.status.code', String(code), { en: '0', zh: '0' });
    const bad = repositories.filter((repository) => repository.code !== 0);
    const isPartly = bad.length > 0 && bad.length < repositories.length;
    return verdictOf({
      complaints:
        code === 0
          ? []
          : bad.length === 0
            ? [
                complaint(
                  'fail',
                  `the stanza is not well: ${message} (${code})`,
                  `stanza 状态异常：${message}（${code}）`,
                  shown,
                ),
              ]
            : bad.map((repository) =>
                complaint(
                  isPartly ? 'warn' : 'fail',
                  `repository ${repository.key} is not well: ${repository.message} (${repository.code})`,
                  `仓库 ${repository.key} 状态异常：${repository.message}（${repository.code}）`,
                  shown,
                ),
              ),
      good: {
        en: `${Math.max(1, repositories.length)} repositories are well`,
        zh: `${Math.max(1, repositories.length)} 个仓库状态正常`,
      },
      evidence: [shown],
    });
  },
});
