import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { statEvidence } from '../node-evidence.ts';

export const nodePrivateKeysProtected = defineCheck({
  id: 'node-private-keys-protected',
  scope: 'node',
  catalogue: ['TLS-009'],
  title: { en: 'Private keys belong to one account alone', zh: '私钥仅限所属账号访问' },
  severity: 'high',
  rationale: {
    en: 'Whoever reads a key can answer as the server; whoever has the key of the authority can be any server and any client.',
    zh: '能读取私钥者可冒充服务器；掌握 CA 私钥者可冒充任意服务器与客户端。',
  },
  remediation: {
    en: 'Give each key to its service with mode 0600, or to root with 0640 for one group; keep the key of the authority off the hosts it signs for.',
    zh: '私钥归服务账号所有且权限为 0600，或归 root 所有且权限为 0640；CA 私钥不得存放在数据库节点。',
  },
  fix: ['chown {service}: {key} && chmod 0600 {key}', 'shred -u {key of the authority}'],
  needs: ['node.private-keys'],
  /** Accounts that may own a key, beside that of the database server. */
  params: { owners: ['root', 'postgres', 'patroni', 'pgbouncer', 'etcd', 'haproxy'] },
  evaluate({ 'node.private-keys': { pgUser, keys } }, { owners }) {
    const present = keys.filter(({ state }) => state === 'present');
    const denied = keys.filter(({ state }) => state === 'denied');
    if (keys.length === 0) {
      return notApplicable({ en: 'no private key was found on this host', zh: '该主机上未发现私钥，本项不适用' });
    }
    return verdictOf({
      complaints: present.flatMap((key): readonly Complaint[] => {
        const { path, mode = '0777', owner = 'UNKNOWN', isAuthority } = key;
        const shown = statEvidence('node.private-keys', key, expected);
        const open = Number.parseInt(mode, 8) & (owner === 'root' ? 0o037 : 0o077);
        return [
          ...(isAuthority === true
            ? [complaint('fail', `${path} is the key of the authority`, `${path} 为 CA 私钥`, shown)]
            : []),
          ...(open === 0
            ? []
            : [
                complaint(
                  'fail',
                  `${path} (${mode} ${owner}) is open to ${(open & 0o007) === 0 ? 'its group' : 'others'}`,
                  `${path}（${mode} ${owner}）对${(open & 0o007) === 0 ? '同组' : '其他'}用户开放`,
                  shown,
                ),
              ]),
          ...(owner === pgUser || owners.includes(owner)
            ? []
            : [complaint('warn', `${path} belongs to ${owner}`, `${path} 属于账号 ${owner}`, shown)]),
        ];
      }),
      unknown: denied.map(({ path }) => ({ en: `${path} may not be looked at`, zh: `无权查看 ${path}` })),
      good: {
        en: `${present.length} keys belong to one account alone`,
        zh: `${present.length} 个私钥仅限所属账号访问`,
      },
      evidence: present.map((key) => statEvidence('node.private-keys', key, expected)),
    });
  },
});

const expected = { en: '600 of its service, or 640 of root', zh: '服务账号所有且为 600，或 root 所有且为 640' };
