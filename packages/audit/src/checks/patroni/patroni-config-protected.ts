import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { patroniYmlModeEvidence } from '../patroni-yml-evidence.ts';
import { patroniSecretEvidence } from '../patroni-secret-evidence.ts';

export const patroniConfigProtected = defineCheck({
  id: 'patroni-config-protected',
  scope: 'patroni',
  catalogue: ['HA-016'],
  title: {
    en: 'patroni.yml is closed to others and holds no published password',
    zh: 'Patroni 配置文件受保护且无默认口令',
  },
  severity: 'high',
  rationale: {
    en: 'The file holds the passwords of replication, of the control API and of etcd in clear text; a password that everybody can look up protects nothing.',
    zh: '该文件以明文保存复制、控制接口与 etcd 的口令；公开的默认口令不具备任何保护作用。',
  },
  remediation: {
    en: 'chmod 0600 (0640 at most) for the server’s user, and change every password that ships with a product or equals its user.',
    zh: '权限设为 0600（至多 0640）且属主为数据库系统用户，并更换产品默认或与用户名相同的口令。',
  },
  fix: ['chmod 0600 /etc/patroni/patroni.yml', 'chown postgres: /etc/patroni/patroni.yml'],
  needs: ['node.patroni-yml'],
  params: {},
  evaluate({ 'node.patroni-yml': file }) {
    if (file === null) {
      return notApplicable({ en: 'this node has no patroni.yml', zh: '该节点没有 patroni.yml，本项不适用' });
    }
    const secrets = file.secrets.filter(({ at }) => !at.startsWith('etcd'));
    const known = secrets.filter(({ published }) => published !== null);
    const mode = Number.parseInt(file.mode, 8);
    const evidence = [
      patroniYmlModeEvidence(file, { en: '600 or 640', zh: '600 或 640' }),
      ...secrets.map((secret) => patroniSecretEvidence(file, secret)),
    ];
    if ((mode & 0o007) !== 0 || (mode & 0o020) !== 0) {
      return fail(
        {
          en: `${file.path} (mode ${file.mode}) is open to others and holds passwords`,
          zh: `经核查，${file.path} 权限为 ${file.mode}，其他用户可访问，其中保存有口令`,
        },
        ...evidence,
      );
    }
    if (known.length > 0) {
      return fail(
        {
          en: `published passwords: ${known.map(({ at, published }) => `${at} is ${published ?? ''}`).join(', ')}`,
          zh: `经核查，存在公开的默认口令：${known.map(({ at, published }) => `${at}（${published ?? ''}）`).join('、')}`,
        },
        ...evidence,
      );
    }
    if ((mode & 0o137) !== 0 && (mode & 0o137) !== 0o040) {
      return warn(
        {
          en: `${file.path} has the unusual mode ${file.mode}`,
          zh: `经核查，${file.path} 权限为 ${file.mode}，建议 0600`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `${file.path} is closed to others (${file.mode}), and none of its ${secrets.length} passwords is published`,
        zh: `经核查，${file.path} 权限为 ${file.mode}，其中 ${secrets.length} 个口令均非公开默认口令，符合要求`,
      },
      ...evidence,
    );
  },
});
