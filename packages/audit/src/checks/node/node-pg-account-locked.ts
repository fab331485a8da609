import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';

const wanted = { en: 'no password, no keys of people', zh: '无口令、无个人密钥' };

export const nodePgAccountLocked = defineCheck({
  id: 'node-pg-account-locked',
  scope: 'node',
  catalogue: ['OS-005'],
  title: { en: 'Nobody logs in as the database account', zh: '数据库系统账户禁止交互登录' },
  severity: 'medium',
  rationale: {
    en: 'Who logs in as that account is a superuser of every database there, without a name of their own in any log.',
    zh: '以该账户登录即拥有全部数据库的超级权限，且日志中无法对应到个人。',
  },
  remediation: {
    en: 'Lock its password and remove keys of people; become it through sudo, which keeps a record.',
    zh: '锁定其口令并移除个人密钥，改为通过 sudo 切换以保留审计记录。',
  },
  fix: ['passwd -l postgres', 'rm ~postgres/.ssh/authorized_keys'],
  needs: ['node.accounts'],
  params: {},
  evaluate({ 'node.accounts': { accounts, pgUser } }, _params, context) {
    const account = accounts.find(({ name }) => name === pgUser);
    if (isWithoutServer(context) && account === undefined) return noServerHere(context);
    const shell = nodeEvidence(
      'node.accounts',
      `login shell of ${pgUser}`,
      `awk -F: '$1 == "${pgUser}" { print $7 }' /etc/passwd`,
      account?.shell ?? '',
      wanted,
    );
    const state = nodeEvidence(
      'node.accounts',
      `password of ${pgUser}`,
      `awk -F: '$1 == "${pgUser}" { print ($2 == "") ? "empty" : ($2 ~ /^[!*]/) ? "locked" : "set" }' /etc/shadow`,
      account?.password === 'none' ? '' : (account?.password ?? ''),
      { en: 'locked', zh: 'locked（已锁定）' },
    );
    const keys = account?.sshKeys ?? 0;
    return verdictOf({
      complaints: [
        ...(account?.password === 'set' || account?.password === 'empty'
          ? [
              complaint(
                'fail',
                `${pgUser} has a password (${account.password})`,
                `${pgUser} 设有口令（${account.password}）`,
                state,
              ),
            ]
          : []),
        ...(keys > 0
          ? [
              complaint(
                'warn',
                `${keys} SSH keys open ${pgUser}`,
                `有 ${keys} 个 SSH 密钥可登录 ${pgUser}`,
                nodeEvidence(
                  'node.accounts',
                  `keys of ${pgUser}`,
                  `grep -cE '^[[:space:]]*[^#[:space:]]' ~${shellWord(pgUser)}/.ssh/authorized_keys`,
                  String(keys),
                  wanted,
                ),
              ),
            ]
          : []),
      ],
      unknown: [
        ...(account === undefined ? [{ en: `there is no account ${pgUser}`, zh: `不存在账户 ${pgUser}` }] : []),
        ...(account?.password === null ? [{ en: '/etc/shadow may not be read', zh: '无权读取 /etc/shadow' }] : []),
        ...(account?.sshKeys === null
          ? [{ en: `the keys of ${pgUser} may not be read`, zh: `无权读取 ${pgUser} 的密钥` }]
          : []),
      ],
      good: { en: `${pgUser} has no password and no keys`, zh: `${pgUser} 无口令且无 SSH 密钥` },
      evidence: account?.password === null ? [shell] : [shell, state],
    });
  },
});
