import { defineCheck } from '../../check.ts';
import { backrestEvidence, withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const nodeBackupOffHost = defineCheck({
  id: 'node-backup-off-host',
  scope: 'node',
  catalogue: ['BKP-010'],
  title: { en: 'Backups are kept on another host', zh: '备份存放于其他主机' },
  severity: 'high',
  rationale: {
    en: 'A backup beside the data burns with it: a lost disk or an intruder takes both.',
    zh: '备份与数据同处一机，磁盘损坏或入侵将同时失去两者。',
  },
  remediation: {
    en: 'Add a repository on an object store or a repository host at another site.',
    zh: '增加对象存储或异地备份主机仓库。',
  },
  fix: ['pgbackrest.conf: repo2-type=s3', 'pgbackrest.conf: repo2-host={host}'],
  needs: ['node.pgbackrest-config'],
  params: {},
  evaluate({ 'node.pgbackrest-config': config }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const { repositories } = config;
    const away = repositories.filter(({ place }) => place !== null);
    const items = repositories.map(({ key, type }) =>
      backrestEvidence(
        config,
        `repo${key}-type`,
        { en: 's3, azure, gcs, sftp, or repoN-host', zh: 's3、azure、gcs、sftp 或 repoN-host' },
        type === 'posix' ? '' : type,
      ),
    );
    return verdictOf({
      complaints:
        away.length === 0
          ? [complaint('fail', 'every repository is on this host', '全部仓库均位于本机', ...items)]
          : [],
      good: {
        en: `${away.map(({ place }) => place ?? '').join(', ')} keeps backups off this host`,
        zh: `${away.map(({ place }) => place ?? '').join('、')} 保存异机备份`,
      },
      evidence: items,
    });
  },
});
