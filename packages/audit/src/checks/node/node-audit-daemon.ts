import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeAuditDaemon = defineCheck({
  id: 'node-audit-daemon',
  scope: 'node',
  catalogue: ['OS-011'],
  title: { en: 'The operating system records changes to important files', zh: '操作系统审计已启用并覆盖关键文件' },
  severity: 'medium',
  rationale: {
    en: 'What root does to configuration, keys and data files appears in no log of the database.',
    zh: 'root 对配置、密钥和数据文件的操作不会出现在数据库日志中。',
  },
  remediation: {
    en: 'Run auditd with rules for accounts, sudoers, time and the configuration of the components, and ship its log.',
    zh: '启用 auditd，配置账户、sudoers、时间及各组件配置的审计规则，并将日志外发。',
  },
  fix: [
    'systemctl enable --now auditd',
    'echo "-w /etc/patroni -p wa -k patroni" > /etc/audit/rules.d/pg.rules && augenrules --load',
  ],
  needs: ['node.protection'],
  /** Each must be watched, by itself or through a folder above. */
  params: { watched: ['/etc/passwd', '/etc/sudoers', '/etc/patroni'] },
  evaluate({ 'node.protection': { audit } }, { watched }) {
    const running = nodeEvidence(
      'node.protection',
      'auditd',
      'ps -C auditd -o comm= | head -n 1',
      audit.isRunning ? 'auditd' : '',
      { en: 'auditd', zh: 'auditd' },
    );
    const watches = nodeEvidence(
      'node.protection',
      'watched paths',
      `cat /etc/audit/rules.d/*.rules 2>/dev/null | sed -nE 's/^[^#]*(-w +|-F +(path|dir)=)([^ ]+).*/\\3/p' | LC_ALL=C sort`,
      (audit.watches ?? []).join('\n'),
      { en: watched.join(', '), zh: watched.join('、') },
    );
    const missing = watched.filter(
      (path) => audit.watches?.some((seen) => `${path}/`.startsWith(`${seen.replace(/\/$/, '')}/`)) !== true,
    );
    return verdictOf({
      complaints: audit.isRunning
        ? missing.length > 0 && audit.watches !== null
          ? [complaint('warn', `no rule watches ${missing.join(', ')}`, `未审计 ${missing.join('、')}`, watches)]
          : []
        : [complaint('fail', 'auditd does not run', 'auditd 未运行', running)],
      unknown: audit.watches === null ? [{ en: 'the rules of auditd may not be read', zh: '无权读取审计规则' }] : [],
      good: { en: 'auditd watches the files that matter', zh: 'auditd 运行正常且覆盖关键文件' },
      evidence: audit.watches === null ? [running] : [running, watches],
    });
  },
});
