import { backrestVerifyMetrics, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** The newest verdict counts, whichever host it was made on. */
export const backupVerifyFailed = defineAlert({
  name: 'BackupVerifyFailed',
  severity: 'critical',
  for: '0s',
  expr: promql`${backrestVerifyMetrics.backrestVerifyOk} == 0 and on (job, cls, ins, stanza, repo_key) (${backrestVerifyMetrics.backrestVerifyTimestampSeconds} == on (job, cls, stanza, repo_key) group_left () max by (job, cls, stanza, repo_key) (${backrestVerifyMetrics.backrestVerifyTimestampSeconds}))`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'stanza', 'repo_key'],
  summary: {
    en: 'Verification of repository {{ $labels.repo_key }} of {{ $labels.stanza }} found damage',
    zh: '{{ $labels.stanza }} 的仓库 {{ $labels.repo_key }} 校验发现损坏',
  },
  description: {
    en: 'Files of backups or WAL in the repository are missing or differ from their checksums: what rests on them cannot be restored.',
    zh: '仓库中的备份文件或 WAL 缺失或与校验和不符：依赖它们的内容无法恢复。',
  },
  runbook: [
    '`pgbackrest --stanza={{ $labels.stanza }} --repo={{ $labels.repo_key }} verify --output=text --verbose` names the files.',
    'Make a full backup at once; keep the other repository from expiring.',
    'Check the storage of the repository.',
  ],
});
