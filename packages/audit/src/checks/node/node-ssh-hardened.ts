import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeSshHardened = defineCheck({
  id: 'node-ssh-hardened',
  scope: 'node',
  catalogue: ['OS-009'],
  title: { en: 'Remote administration over SSH is hardened', zh: 'SSH 远程管理已加固' },
  severity: 'high',
  rationale: {
    en: 'SSH is the way to everything on the host: guessed passwords and a root that anybody may try are how hosts are lost.',
    zh: 'SSH 可到达主机全部资源，口令猜测与 root 直接登录是主机失陷的常见途径。',
  },
  remediation: {
    en: 'Allow keys only, no login as root, two factors for administrators, few attempts and an idle limit.',
    zh: '仅允许密钥登录，禁止 root 登录，管理员启用双因素，限制尝试次数并设置空闲超时。',
  },
  fix: [
    'sshd_config: PermitRootLogin no',
    'sshd_config: PasswordAuthentication no',
    'sshd_config: AuthenticationMethods publickey,keyboard-interactive',
    'sshd_config: ClientAliveInterval 300',
  ],
  needs: ['node.ssh-server'],
  params: { maxAuthTries: 5, maxIdleSeconds: 900 },
  evaluate({ 'node.ssh-server': server }, { maxAuthTries, maxIdleSeconds }) {
    const absent = nodeEvidence('node.ssh-server', 'SSH server', 'command -v sshd || true', '', {
      en: 'installed or not',
      zh: '是否安装',
    });
    if (!server.isInstalled) {
      return notApplicable({ en: 'this host has no SSH server', zh: '本机未安装 SSH 服务，本项不适用' }, absent);
    }
    const value = (key: string): string => server.settings[key] ?? '';
    const shown = (key: string, en: string, zh: string) =>
      nodeEvidence('node.ssh-server', key, `sshd -T | sed -n 's/^${key} //p' | paste -sd ' '`, value(key), { en, zh });
    const root = shown('permitrootlogin', 'no', 'no');
    const password = shown('passwordauthentication', 'no', 'no');
    const hasPassword = value('passwordauthentication') === 'yes';
    const secondFactor = value('authenticationmethods').includes(',');
    const idle = Number(value('clientaliveinterval')) * Math.max(1, Number(value('clientalivecountmax')));
    return verdictOf({
      complaints: [
        ...(value('permitrootlogin') === 'yes'
          ? [complaint(hasPassword ? 'fail' : 'warn', 'root may log in', '允许 root 直接登录', root, password)]
          : []),
        ...(value('permitemptypasswords') === 'yes'
          ? [
              complaint(
                'fail',
                'empty passwords are taken',
                '允许空口令登录',
                shown('permitemptypasswords', 'no', 'no'),
              ),
            ]
          : []),
        ...(hasPassword && !secondFactor
          ? [complaint('warn', 'a password alone is enough', '仅凭口令即可登录，未启用双因素', password)]
          : []),
        ...(Number(value('maxauthtries')) > maxAuthTries
          ? [
              complaint(
                'warn',
                `${value('maxauthtries')} attempts a connection are allowed`,
                `每次连接允许 ${value('maxauthtries')} 次尝试`,
                shown('maxauthtries', `${maxAuthTries} or less`, `不超过 ${maxAuthTries}`),
              ),
            ]
          : []),
        ...(idle === 0 || idle > maxIdleSeconds
          ? [
              complaint(
                'warn',
                'an idle session is never ended in time',
                '空闲会话未在限定时间内断开',
                shown('clientaliveinterval', `1 to ${maxIdleSeconds} seconds in all`, `总计 1 至 ${maxIdleSeconds} 秒`),
              ),
            ]
          : []),
      ],
      unknown:
        value('permitrootlogin') === '' ? [{ en: 'sshd did not tell its settings', zh: '未取得 SSH 有效配置' }] : [],
      good: { en: 'SSH takes keys only, and not as root', zh: 'SSH 仅允许密钥登录且禁止 root' },
      evidence: [root, password],
    });
  },
});
