import { defineClusterCheck, fail, notApplicable } from '../../check.ts';
import { backupViews, infoEvidence, missingEvidence, missingReason } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const backupSizeSteady = defineClusterCheck({
  id: 'backup-size-steady',
  catalogue: ['BKP-018'],
  title: { en: 'The size of full backups is steady', zh: '全量备份大小无异常变化' },
  severity: 'low',
  rationale: {
    en: 'A full backup of half the size of the one before is what a dropped table or a wrong path looks like.',
    zh: '全量备份骤减通常意味着数据丢失或路径错误。',
  },
  remediation: {
    en: 'Compare the databases in both backups; note the reason where the change was meant.',
    zh: '比对前后备份的数据库内容，属正常变化的应记录原因。',
  },
  fix: ['pgbackrest --stanza={stanza} --set={label} info'],
  needs: ['node.pgbackrest-info'],
  members: 'partial',
  params: { dropPercent: 50 },
  evaluate({ 'node.pgbackrest-info': infos }, { dropPercent }) {
    const views = backupViews(infos);
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const sizes = view.stanza.backups
      .filter(({ type, repoKey }) => type === 'full' && repoKey === (view.stanza.repositories[0]?.key ?? 1))
      .toSorted((a, b) => a.stopSeconds - b.stopSeconds);
    const shown = infoEvidence(
      view,
      'sizes of full backups',
      `[.backup[] | select(.type == "full" and (.database["repo-key"] // 1) == ${view.stanza.repositories[0]?.key ?? 1})] | sort_by(.timestamp.stop) | [.[].info.size] | join(" ")`,
      sizes.map(({ sizeBytes }) => sizeBytes).join(' '),
      { en: 'no sudden drop', zh: '无骤减' },
    );
    const [before, last] = sizes.slice(-2);
    if (before === undefined || last === undefined) {
      return notApplicable(
        { en: 'there are not two full backups to compare', zh: '全量备份不足两个，本项不适用' },
        shown,
      );
    }
    const drop = (1 - last.sizeBytes / before.sizeBytes) * 100;
    return verdictOf({
      complaints:
        drop > dropPercent
          ? [
              complaint(
                'warn',
                `${last.label} is ${Math.floor(drop)} % smaller than ${before.label}`,
                `${last.label} 较 ${before.label} 减小 ${Math.floor(drop)}%`,
                shown,
              ),
            ]
          : [],
      good: {
        en: `${last.label} is about as large as ${before.label}`,
        zh: `${last.label} 与 ${before.label} 大小相近`,
      },
      evidence: [shown],
    });
  },
});
