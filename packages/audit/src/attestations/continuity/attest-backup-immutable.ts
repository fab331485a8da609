import { defineAttestation } from '../../attestation.ts';

/** At least one repository is locked or append-only, and whoever administers the cluster cannot delete from it. */
export const attestBackupImmutable = defineAttestation({
  id: 'attest-backup-immutable',
  catalogue: ['BKP-016'],
  title: { en: 'Backups cannot be destroyed with the cluster', zh: '备份不会随集群一并被毁' },
  severity: 'high',
  statement: {
    en: 'At least one repository is locked or append-only, and whoever administers the cluster cannot delete from it.',
    zh: '至少一个仓库已锁定或仅可追加，集群管理人员无法从中删除。',
  },
  document: {
    en: 'Attach the lock settings of the bucket and who holds delete rights.',
    zh: '附存储桶锁定设置及删除权限归属。',
  },
  validDays: 180,
});
