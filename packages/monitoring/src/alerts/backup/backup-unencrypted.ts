import { backrestConfigMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** A local repository may rest on an encrypted disk beside one that is encrypted; what leaves the host may not be plain. */
export const backupUnencrypted = defineAlert({
  name: 'BackupUnencrypted',
  severity: 'warning',
  for: '1h',
  expr: promql`max by (job, cls, stanza) (${backrestConfigMetrics.backrestConfigRepoEncrypted}) == 0 or max by (job, cls, stanza) (${select(backrestConfigMetrics.backrestConfigRepoInfo, { type: /s3|gcs|azure|sftp/, cipher: 'none' })})`,
  labels: ['job', 'cls', 'stanza'],
  summary: {
    en: 'Backups of {{ $labels.stanza }} are stored unencrypted',
    zh: '{{ $labels.stanza }} 的备份未加密存储',
  },
  description: {
    en: 'No repository of {{ $labels.stanza }} is encrypted, or one in an object store is not: whoever reads the store reads the database.',
    zh: '{{ $labels.stanza }} 没有任何加密的仓库，或对象存储中的仓库未加密：能读取存储者即能读取数据库。',
  },
  runbook: [
    'Set repo-cipher-type=aes-256-cbc and repo-cipher-pass for a new repository: an existing one cannot be changed.',
    '`pgbackrest --stanza={{ $labels.stanza }} stanza-create`, then a full backup; keep the passphrase where the backups are not.',
  ],
});
