import { defineCheck } from '../../check.ts';
import { backrestEvidence, withoutBackrest } from '../backrest-evidence.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord, statMode } from '../node-evidence.ts';

export const nodeBackupFilesProtected = defineCheck({
  id: 'node-backup-files-protected',
  scope: 'node',
  catalogue: ['BKP-015'],
  title: {
    en: 'Repository and configuration of the backup are closed, and TLS is verified',
    zh: '备份仓库及配置权限受控且校验 TLS',
  },
  severity: 'medium',
  rationale: {
    en: 'Who reads the configuration reads the keys of the repository; who stands between may take what TLS does not verify.',
    zh: '可读取配置者即可获得仓库密钥；不校验 TLS 则存在中间人风险。',
  },
  remediation: {
    en: 'chmod 0640 the configuration, 0750 the repository, and leave repoN-storage-verify-tls on with a CA file.',
    zh: '将配置设为 0640、仓库目录设为 0750，并保持 repoN-storage-verify-tls 启用。',
  },
  fix: ['chmod 0640 /etc/pgbackrest/pgbackrest.conf', 'pgbackrest.conf: repo1-storage-ca-file={file}'],
  needs: ['node.pgbackrest-config'],
  params: {},
  evaluate({ 'node.pgbackrest-config': config }) {
    if (!config.isConfigured) return withoutBackrest(config);
    const { path, mode, owner, repositories } = config;
    const fileShown = nodeEvidence(
      'node.pgbackrest-config',
      path,
      `stat -Lc '%a %U' ${shellWord(path)}`,
      `${statMode(mode)} ${owner}`,
      { en: 'closed to others', zh: '其他用户不可访问' },
    );
    return verdictOf({
      complaints: [
        ...((bits(mode) & 0o007) === 0
          ? []
          : [complaint('fail', `${path} is open to others (${mode})`, `${path} 对其他用户开放（${mode}）`, fileShown)]),
        ...repositories.flatMap(({ key, folder, path: place, verifiesTls }) => [
          ...(folder !== null && (bits(folder.mode) & 0o007) !== 0
            ? [
                complaint(
                  'fail',
                  `repository ${key} is open to others (${folder.mode})`,
                  `仓库 ${key} 对其他用户开放（${folder.mode}）`,
                  nodeEvidence(
                    'node.pgbackrest-config',
                    place ?? '',
                    `stat -Lc '%a %U' ${shellWord(place ?? '/var/lib/pgbackrest')}`,
                    `${statMode(folder.mode)} ${folder.owner}`,
                    { en: 'closed to others', zh: '其他用户不可访问' },
                  ),
                ),
              ]
            : []),
          ...(verifiesTls
            ? []
            : [
                complaint(
                  'fail',
                  `repository ${key} does not verify TLS`,
                  `仓库 ${key} 未校验 TLS`,
                  backrestEvidence(config, `repo${key}-storage-verify-tls`, { en: 'y', zh: 'y' }, 'n'),
                ),
              ]),
        ]),
      ],
      good: { en: 'repository and configuration are closed to others', zh: '仓库与配置权限受控' },
      evidence: [fileShown],
    });
  },
});

const bits = (text: string): number => Number.parseInt(text, 8);
