import { defineClusterCheck } from '../../check.ts';
import { judgeBackupAge } from '../backup-age.ts';

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
  evaluate: ({ 'node.pgbackrest-info': infos }, limit, { at }) => judgeBackupAge(infos, 'full', limit, at),
});
