import { defineClusterCheck, fail } from '../../check.ts';
import { backupViews, infoEvidence, missingEvidence, missingReason } from '../backup-views.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const backupNoPageErrors = defineClusterCheck({
  id: 'backup-no-page-errors',
  catalogue: ['BKP-004'],
  title: { en: 'No kept backup found broken pages', zh: '保留的备份无页校验错误' },
  severity: 'critical',
  rationale: {
    en: 'A backup whose copy found bad checksums carries the damage; older backups without it are about to expire.',
    zh: '备份过程发现校验错误说明数据已损坏，而未损坏的旧备份即将过期。',
  },
  remediation: {
    en: 'Find the relation by the error list of the backup, restore it from an older one, and replace the disk.',
    zh: '根据备份错误列表定位对象，从更早的备份恢复并检查磁盘。',
  },
  fix: ['pgbackrest --stanza={stanza} --set={label} info'],
  needs: ['node.pgbackrest-info'],
  members: 'partial',
  params: {},
  evaluate({ 'node.pgbackrest-info': infos }) {
    const views = backupViews(infos);
    const [view] = views;
    if (view === undefined) return fail(missingReason(infos), ...missingEvidence(infos));
    const { backups } = view.stanza;
    const broken = backups.filter(({ hasPageErrors }) => hasPageErrors === true).map(({ label }) => label);
    const silent = backups.filter(({ hasPageErrors }) => hasPageErrors === undefined);
    const shown = infoEvidence(
      view,
      'backups with page errors',
      '[.backup[] | select(.error == true) | .label] | sort | join(" ")',
      broken.toSorted().join(' '),
      { en: 'none', zh: '无' },
    );
    if (backups.length === 0) return fail({ en: 'there is no backup', zh: '经核查，无备份' }, shown);
    return verdictOf({
      complaints: broken.map((label) =>
        complaint('fail', `backup ${label} holds broken pages`, `备份 ${label} 存在损坏页`, shown),
      ),
      unknown:
        silent.length > 0
          ? [
              {
                en: 'this version of pgBackRest does not tell of page errors (2.36 does)',
                zh: '该 pgBackRest 版本不报告页错误（2.36 起支持）',
              },
            ]
          : [],
      good: { en: `${backups.length} backups found no broken page`, zh: `${backups.length} 个备份均无页错误` },
      evidence: [shown],
    });
  },
});
