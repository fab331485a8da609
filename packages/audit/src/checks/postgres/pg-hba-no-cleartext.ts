import { defineCheck } from '../../check.ts';
import { findRuleRange, type HbaRule } from '../hba-match.ts';
import { inRange, loopbackRanges } from '../address-range.ts';
import { methodsEvidence } from '../hba-evidence.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';

/** Methods in which the server receives the password itself. */
const clearMethods: readonly string[] = ['password', 'ldap', 'pam', 'bsd', 'radius'];

export const pgHbaNoCleartext = defineCheck({
  id: 'pg-hba-no-cleartext',
  catalogue: ['AUTH-002'],
  title: { en: 'No method sends the password itself over a plain connection', zh: '不存在明文传输口令的认证方式' },
  severity: 'critical',
  rationale: {
    en: 'With password, ldap, pam, bsd and radius the client hands over the password; without TLS anyone on the path keeps it.',
    zh: 'password、ldap、pam、bsd、radius 方式下客户端会发送口令原文，未加密时可被链路上的任何人截获并重复使用。',
  },
  remediation: {
    en: 'Use scram-sha-256, cert or gss; where a directory is mandatory, hostssl rules and ldaps to the directory.',
    zh: '改用 scram-sha-256、cert 或 gss；确需目录认证时，使用 hostssl 规则并以 ldaps 连接目录服务。',
  },
  fix: ['hostssl  {database}  {role}  {network}  scram-sha-256', 'SELECT pg_reload_conf()'],
  needs: ['pg.hba'],
  params: {},
  evaluate({ 'pg.hba': hba }) {
    const judged = hba.rules.flatMap((rule) => (clearMethods.includes(rule.method) ? [judge(rule)] : []));
    return judgeRules(
      hba,
      judged,
      {
        en: `none of ${hba.rules.length} rules makes the client send its password`,
        zh: `经核查，${hba.rules.length} 条规则均不要求客户端发送口令原文，符合要求`,
      },
      methodsEvidence(hba, { en: `none of ${clearMethods.join(', ')}`, zh: `不含 ${clearMethods.join('、')}` }),
    );
  },
});

function judge(rule: HbaRule): JudgedRule {
  const expected = { en: 'scram-sha-256, cert or gss', zh: 'scram-sha-256、cert 或 gss' };
  const { method } = rule;
  const secureLdap = rule.options.some((option) => /^ldaptls=(1|true)$|^ldapscheme=ldaps$/u.test(option));
  if (method === 'ldap' && !secureLdap) {
    const why = { en: 'ldap without TLS to the directory', zh: '使用 ldap 且与目录服务之间未启用 TLS' };
    return { rule, level: 'fail', why, expected, options: ['ldaptls', 'ldapscheme'] };
  }
  if (!staysOnMachine(rule) && rule.type !== 'hostssl' && rule.type !== 'hostgssenc') {
    const why = { en: `${method} on a ${rule.type} rule`, zh: `以 ${rule.type} 规则使用 ${method}，口令可能明文传输` };
    return { rule, level: 'fail', why, expected };
  }
  const why = {
    en:
      method === 'radius'
        ? 'radius, which hides the password with MD5 only'
        : `${method}: the server sees the password`,
    zh: method === 'radius' ? '使用 radius，仅以 MD5 掩盖口令' : `使用 ${method}，服务器可见口令原文`,
  };
  return { rule, level: 'warn', why, expected };
}

const staysOnMachine = (rule: HbaRule): boolean => {
  const range = findRuleRange(rule);
  return (
    rule.type === 'local' ||
    rule.address === 'samehost' ||
    (range !== undefined &&
      loopbackRanges.some((loopback) =>
        [range.first, range.last].every((value) => inRange({ family: range.family, value }, loopback)),
      ))
  );
};
