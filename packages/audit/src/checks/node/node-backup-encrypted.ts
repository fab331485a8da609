import { defineCheck } from '../../check.ts';
import { backrestEvidence, withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const nodeBackupEncrypted = defineCheck({
  id: 'node-backup-encrypted',
  scope: 'node',
  catalogue: ['BKP-009'],
  title: {
    en: 'Backup repositories are encrypted with a passphrase of their own',
    zh: '备份仓库已加密且口令非公开默认值',
  },
  severity: 'high',
  rationale: {
    en: 'A repository holds every table; whoever copies it needs no login. A passphrase from a manual is no passphrase.',
    zh: '仓库包含全部数据，复制即可获取；文档中的默认口令等同于未加密。',
  },
  remediation: {
    en: 'Make a new repository with aes-256-cbc and a random passphrase: the cipher of an existing one cannot be changed.',
    zh: '新建 aes-256-cbc 加密仓库并使用随机口令，现有仓库的加密方式不可更改。',
  },
  fix: ['pgbackrest.conf: repo2-cipher-type=aes-256-cbc', 'openssl rand -base64 48'],
  needs: ['node.pgbackrest-config'],
  params: {},
  evaluate({ 'node.pgbackrest-config': config }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const { repositories } = config;
    return verdictOf({
      complaints: repositories.flatMap(({ key, cipherType, place, publishedCipherPass }) => {
        const item = backrestEvidence(
          config,
          `repo${key}-cipher-type`,
          { en: 'aes-256-cbc', zh: 'aes-256-cbc' },
          cipherType === 'none' ? '' : cipherType,
        );
        if (cipherType === 'none') {
          return [
            complaint(
              'fail',
              `repository ${key}${place === null ? '' : ` on ${place}`} is not encrypted`,
              `仓库 ${key}${place === null ? '' : `（${place}）`}未加密`,
              item,
            ),
          ];
        }
        return publishedCipherPass === null
          ? []
          : [
              complaint(
                'fail',
                `repository ${key} uses a published passphrase (${publishedCipherPass})`,
                `仓库 ${key} 使用公开默认口令（${publishedCipherPass}）`,
                item,
              ),
            ];
      }),
      good: { en: `${repositories.length} repositories are encrypted`, zh: `${repositories.length} 个仓库均已加密` },
      evidence: repositories.map(({ key, cipherType }) =>
        backrestEvidence(config, `repo${key}-cipher-type`, { en: 'aes-256-cbc', zh: 'aes-256-cbc' }, cipherType),
      ),
    });
  },
});
