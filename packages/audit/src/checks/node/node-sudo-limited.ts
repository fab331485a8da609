import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

type Rule = FactMap['node.sudoers']['rules'][number];

export const nodeSudoLimited = defineCheck({
  id: 'node-sudo-limited',
  scope: 'node',
  catalogue: ['OS-006'],
  title: { en: 'Nobody becomes root without a password and a limit', zh: 'sudo 权限受限' },
  severity: 'high',
  rationale: {
    en: 'If the database account may run anything as root, a flaw in the database or in one function is a flaw of the host.',
    zh: '数据库账户若可免密执行任意 root 命令，数据库漏洞即等同于主机失陷。',
  },
  remediation: {
    en: 'List the commands that the account needs (systemctl of its units, journalctl), and ask administrators for their password.',
    zh: '仅列出数据库账户所需命令（本组件的 systemctl、journalctl 等），管理员使用 sudo 时须输入口令。',
  },
  fix: ['visudo -f /etc/sudoers.d/postgres', 'pigsty.yml: pg_dbsu_sudo: limit'],
  needs: ['node.sudoers'],
  params: {},
  evaluate({ 'node.sudoers': { rules, files, pgUser } }) {
    const all = rules.filter(({ commands, isNoPasswd }) => isNoPasswd && commands.includes('ALL'));
    const list = nodeEvidence(
      'node.sudoers',
      'sudoers files',
      `ls -1d /etc/sudoers /etc/sudoers.d/* 2>/dev/null | grep -vE '[.~][^/]*$' | LC_ALL=C sort`,
      files.toSorted().join('\n'),
      { en: 'each rule limited', zh: '各规则均受限' },
    );
    return verdictOf({
      complaints: all.map((rule) =>
        complaint(
          rule.who === pgUser || rule.who === 'ALL' ? 'fail' : 'warn',
          `${rule.who} may run everything as root without a password (${rule.file}:${rule.line})`,
          `${rule.who} 可免密执行任意 root 命令（${rule.file}:${rule.line}）`,
          ruleEvidence(rule),
        ),
      ),
      good: {
        en: `none of ${rules.length} rules gives everything without a password`,
        zh: `${rules.length} 条规则均未授予免密的全部权限`,
      },
      evidence: [list],
    });
  },
});

/** A count: the line itself may hold arguments that nobody should read in a report. */
const ruleEvidence = ({ file, line }: Rule) =>
  nodeEvidence(
    'node.sudoers',
    `${file} line ${line}`,
    `sed -n '${line}p' ${shellWord(file)} | grep -cE 'NOPASSWD:.*ALL'`,
    '1',
    { en: '0', zh: '0' },
  );
