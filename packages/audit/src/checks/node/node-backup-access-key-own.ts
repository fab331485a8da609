import { defineCheck, notApplicable } from '../../check.ts';
import { backrestEvidence, withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const nodeBackupAccessKeyOwn = defineCheck({
  id: 'node-backup-access-key-own',
  scope: 'node',
  catalogue: ['BKP-020'],
  title: { en: 'The key to the object store is its own', zh: '对象存储凭据非公开默认值' },
  severity: 'high',
  rationale: {
    en: 'Whoever knows the published secret deletes the backups before the ransom note arrives.',
    zh: '使用公开默认密钥的仓库可被任意删除。',
  },
  remediation: {
    en: 'Make an access key for this cluster alone, limited to its bucket, and rotate it.',
    zh: '为本集群创建仅限其存储桶的访问密钥并定期轮换。',
  },
  fix: ['mc admin user add {alias} {user} {secret}'],
  needs: ['node.pgbackrest-config'],
  params: {},
  evaluate({ 'node.pgbackrest-config': config }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const stores = config.repositories.filter(({ type }) => type === 's3');
    if (stores.length === 0) {
      return notApplicable(
        { en: 'no repository is an object store', zh: '无对象存储仓库，本项不适用' },
        backrestEvidence(
          config,
          'repo1-type',
          { en: 'any', zh: '任意' },
          config.repositories[0]?.type === 'posix' ? '' : (config.repositories[0]?.type ?? ''),
        ),
      );
    }
    const items = stores.map(({ key }) => backrestEvidence(config, `repo${key}-type`, { en: 's3', zh: 's3' }, 's3'));
    return verdictOf({
      complaints: stores.flatMap(({ key, publishedAccessSecret }) =>
        publishedAccessSecret === null
          ? []
          : [
              complaint(
                'fail',
                `repository ${key} uses a published secret (${publishedAccessSecret})`,
                `仓库 ${key} 使用公开默认密钥（${publishedAccessSecret}）`,
                ...items,
              ),
            ],
      ),
      good: {
        en: `${stores.length} object stores have secrets of their own`,
        zh: `${stores.length} 个对象存储凭据非默认值`,
      },
      evidence: items,
    });
  },
});
