import { defineCheck } from '../../check.ts';
import { inRange, loopbackRanges, parseRange, prefixLength } from '../address-range.ts';
import { rulesEvidence } from '../hba-evidence.ts';
import { findRuleRange, type HbaRule } from '../hba-match.ts';
import { playRules, principalsOf, type Decision } from '../hba-reach.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';

export const pgTlsRequired = defineCheck({
  id: 'pg-tls-required',
  catalogue: ['TLS-004'],
  title: { en: 'Nobody gets in from the network without encryption', zh: '网络连接强制加密' },
  severity: 'high',
  rationale: {
    en: 'A `host` rule lets the client choose: one with sslmode=disable sends its data, and often its password exchange, in clear.',
    zh: 'host 规则由客户端决定是否加密；sslmode=disable 的客户端将以明文传输数据和口令交换过程。',
  },
  remediation: {
    en: 'Turn `host` rules for other machines into `hostssl`, or put `hostnossl all all all reject` first; then reload.',
    zh: '将面向其他主机的 host 规则改为 hostssl，或在最前面加入 hostnossl all all all reject，随后重新加载配置。',
  },
  fix: [
    'hostssl  {database}  {user}  {address}  scram-sha-256',
    'hostnossl  all  all  all  reject',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.hba', 'pg.roles', 'pg.databases'],
  /** Networks of the cluster itself, where replication and these roles without TLS are a warning, not a failure. */
  params: { clusterNetworks: [] as readonly string[], clusterRoles: [] as readonly string[] },
  evaluate({ 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases }, { clusterNetworks, clusterRoles }) {
    const networks = clusterNetworks.map(parseRange);
    const decisions = playRules(hba.rules, principalsOf(roles, databases), networks).filter(
      ({ transport, address }) =>
        transport === 'plain' && address !== undefined && !loopbackRanges.some((range) => inRange(address, range)),
    );
    const internal = ({ users, databases: wanted, address }: Decision): boolean =>
      address !== undefined &&
      networks.some((range) => inRange(address, range)) &&
      (wanted.every((database) => database === undefined) || users.every((user) => clusterRoles.includes(user)));

    const levels = new Map<HbaRule, 'warn' | 'fail'>();
    for (const decision of decisions) {
      for (const rule of decision.rules) {
        if (rule.method === 'reject' || levels.get(rule) === 'fail') continue;
        levels.set(rule, internal(decision) ? 'warn' : 'fail');
      }
    }
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      const level = levels.get(rule);
      if (level === undefined) return [];
      const inside =
        level === 'warn' ? { en: ', inside the cluster only', zh: '（仅限集群内部）' } : { en: '', zh: '' };
      return [
        {
          rule,
          level,
          why: {
            en: `admits unencrypted connections from ${sourceText(rule)}${inside.en}`,
            zh: `允许来自 ${sourceText(rule)} 的非加密连接${inside.zh}`,
          },
          expected: { en: 'hostssl', zh: 'hostssl' },
        },
      ];
    });
    return judgeRules(
      hba,
      judged,
      {
        en: 'no rule admits an unencrypted connection from another machine',
        zh: '经核查，没有规则允许来自其他主机的非加密连接，符合要求',
      },
      rulesEvidence(hba, { en: 'no host rule for other machines', zh: '没有面向其他主机的 host 规则' }),
    );
  },
});

/** `10.0.0.0/8`, `all`, `db.example`. */
function sourceText(rule: HbaRule): string {
  const range = findRuleRange(rule);
  return range === undefined ? (rule.address ?? '') : `${rule.address ?? ''}/${prefixLength(range)}`;
}
