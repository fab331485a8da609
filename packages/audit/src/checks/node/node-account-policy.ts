import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeAccountPolicy = defineCheck({
  id: 'node-account-policy',
  scope: 'node',
  catalogue: ['OS-010'],
  title: { en: 'Accounts of the host follow a password policy', zh: '操作系统账户策略符合要求' },
  severity: 'medium',
  rationale: {
    en: 'An account without a password, a second root or passwords that never end open the host below the database.',
    zh: '空口令账户、重复的 UID 0 或永不过期的口令会使主机从数据库之下被攻破。',
  },
  remediation: {
    en: 'Lock accounts without passwords, keep one UID 0, and set quality, age, lock-out and idle time for passwords and shells.',
    zh: '锁定空口令账户，仅保留一个 UID 0，并配置口令复杂度、有效期、失败锁定和会话超时。',
  },
  fix: [
    '/etc/security/pwquality.conf: minlen = 12, minclass = 3',
    '/etc/login.defs: PASS_MAX_DAYS 90',
    'authselect enable-feature with-faillock',
    'echo "readonly TMOUT=600" > /etc/profile.d/tmout.sh',
  ],
  needs: ['node.accounts'],
  params: { maxPasswordDays: 90, minLength: 8, maxShellIdleSeconds: 900 },
  evaluate({ 'node.accounts': facts }, { maxPasswordDays, minLength, maxShellIdleSeconds }) {
    const { accounts, loginDefs, passwordQuality, locksOut, shellTimeoutSeconds } = facts;
    const zeros = accounts.filter(({ uid }) => uid === 0).map(({ name }) => name);
    const empty = accounts.filter(({ password }) => password === 'empty').map(({ name }) => name);
    const hasPasswords = accounts.some(({ password }) => password === 'set');
    const uidZero = nodeEvidence(
      'node.accounts',
      'accounts with UID 0',
      `awk -F: '$3 == 0 { print $1 }' /etc/passwd`,
      zeros.join('\n'),
      { en: 'root', zh: 'root' },
    );
    const emptyShown = nodeEvidence(
      'node.accounts',
      'accounts without a password',
      `awk -F: '$2 == "" { print $1 }' /etc/shadow`,
      empty.join('\n'),
      { en: 'none', zh: '无' },
    );
    const maxDays = loginDefs['PASS_MAX_DAYS'] ?? '';
    const days = nodeEvidence(
      'node.accounts',
      'PASS_MAX_DAYS',
      `awk '$1 == "PASS_MAX_DAYS" { print $2; exit }' /etc/login.defs`,
      maxDays,
      { en: `1 to ${maxPasswordDays}`, zh: `1 至 ${maxPasswordDays}` },
    );
    const quality = nodeEvidence(
      'node.accounts',
      'minlen',
      `sed -nE 's/^ *minlen *= *//p' /etc/security/pwquality.conf 2>/dev/null | head -n 1`,
      passwordQuality?.['minlen'] ?? '',
      { en: `${minLength} or more`, zh: `不小于 ${minLength}` },
    );
    const lock = nodeEvidence(
      'node.accounts',
      'lines of PAM that lock accounts',
      `cat /etc/pam.d/common-auth /etc/pam.d/system-auth /etc/pam.d/password-auth 2>/dev/null | grep -cE '^[^#]*pam_(faillock|tally2)[.]so'`,
      '0',
      { en: '1 or more', zh: '不少于 1' },
    );
    return verdictOf({
      complaints: [
        ...(zeros.length > 1
          ? [complaint('fail', `${zeros.join(', ')} all are root`, `${zeros.join('、')} 均为 UID 0`, uidZero)]
          : []),
        ...(empty.length > 0
          ? [complaint('fail', `${empty.join(', ')} have no password`, `${empty.join('、')} 为空口令`, emptyShown)]
          : []),
        // Where nobody has a password, no policy for passwords is missed.
        ...(hasPasswords && !(Number(maxDays) > 0 && Number(maxDays) <= maxPasswordDays)
          ? [
              complaint(
                'warn',
                `passwords may get ${maxDays === '' ? 'any number of' : maxDays} days old`,
                `口令有效期为 ${maxDays === '' ? '未设置' : maxDays} 天`,
                days,
              ),
            ]
          : []),
        ...(hasPasswords && Number(passwordQuality?.['minlen'] ?? 0) < minLength
          ? [complaint('warn', 'no quality is asked of passwords', '未配置口令复杂度', quality)]
          : []),
        ...(hasPasswords && locksOut === false
          ? [complaint('warn', 'failed logins lock no account', '登录失败不锁定账户', lock)]
          : []),
        ...(shellTimeoutSeconds === null || shellTimeoutSeconds > maxShellIdleSeconds
          ? [
              complaint(
                'warn',
                'idle shells are not ended',
                '未配置 Shell 空闲超时',
                nodeEvidence(
                  'node.accounts',
                  'TMOUT',
                  `cat /etc/profile /etc/bash.bashrc /etc/bashrc /etc/profile.d/*.sh 2>/dev/null | sed -nE 's/^[^#]*TMOUT=([0-9]+).*/\\1/p' | tail -n 1`,
                  shellTimeoutSeconds === null ? '' : String(shellTimeoutSeconds),
                  { en: `${maxShellIdleSeconds} or less`, zh: `不超过 ${maxShellIdleSeconds}` },
                ),
              ),
            ]
          : []),
      ],
      unknown: accounts.some(({ password }) => password === null)
        ? [{ en: '/etc/shadow may not be read', zh: '无权读取 /etc/shadow' }]
        : [],
      good: { en: 'accounts follow the policy', zh: '账户策略符合要求' },
      evidence: [uidZero, emptyShown],
    });
  },
});
