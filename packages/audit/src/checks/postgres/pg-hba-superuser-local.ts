import { defineCheck } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { inRange, loopbackRanges, parseRange, type AddressRange } from '../address-range.ts';
import { rulesEvidence } from '../hba-evidence.ts';
import type { HbaRule } from '../hba-match.ts';
import { playRules, principalsOf, type Decision } from '../hba-reach.ts';
import { sourceOf } from '../hba-source.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';
import { nameList } from '../name-list.ts';
import { passwordMethods } from '../password-methods.ts';

const noNetworks: readonly string[] = [];

export const pgHbaSuperuserLocal = defineCheck({
  id: 'pg-hba-superuser-local',
  catalogue: ['AUTH-009', 'ROLE-003'],
  title: {
    en: 'Superusers log in locally or by a declared admin path only',
    zh: '超级用户仅可本地或经声明的管理路径登录',
  },
  severity: 'critical',
  rationale: {
    en: 'A superuser bypasses every permission and reaches the operating system; a network path to one is a path to the host.',
    zh: '超级用户不受任何权限约束并可操作主机文件，其网络登录路径等同于主机入侵路径。',
  },
  remediation: {
    en: 'Keep the bootstrap superuser to peer on the socket; admit personal admin roles from the bastion with hostssl and a client certificate; reject superusers elsewhere.',
    zh: '初始超级用户仅允许通过套接字以 peer 登录；管理员个人账号仅从堡垒机经 hostssl 及客户端证书登录；其余来源一律 reject。',
  },
  fix: [
    'local    all  {superuser}  peer',
    'hostssl  all  {superuser}  {bastion network}  scram-sha-256  clientcert=verify-full',
    'host     all  {superuser}  all  reject',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.hba', 'pg.roles', 'pg.databases', 'pg.role-secrets'],
  /** `adminNetworks`: where administrators come from, as `10.0.9.0/24`. */
  params: { adminNetworks: noNetworks, broadestIpv4Prefix: 16, broadestIpv6Prefix: 48 },
  evaluate({ 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases, 'pg.role-secrets': secrets }, params) {
    const admin = params.adminNetworks.map(parseRange);
    const principals = principalsOf(roles, databases);
    const superusers = roles.roles.filter((role) => role.superuser && role.canLogin).map(({ name }) => name);
    const decisions = playRules(hba.rules, { ...principals, users: superusers }, admin);
    const paths = findPaths(decisions, secrets, admin);
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      const path = paths.get(rule);
      if (path === undefined) return [];
      const list = nameList([...path.users]);
      const expected = { en: 'no network path for a superuser', zh: '超级用户无网络登录路径' };
      if (path.plain) {
        const why = { en: `${list.en} may log in without TLS`, zh: `允许超级用户 ${list.zh} 不加密远程登录` };
        return [{ rule, level: 'fail', why, expected }];
      }
      const source = sourceOf(rule, params);
      if (path.outside && (source === 'any' || source === 'broad')) {
        const why = {
          en: `${list.en} may log in from ${rule.address ?? 'anywhere'}`,
          zh: `允许超级用户 ${list.zh} 从 ${rule.address ?? '任意地址'} 登录`,
        };
        return [{ rule, level: 'fail', why, expected }];
      }
      if (path.outside) {
        const why = {
          en: `${list.en} may log in from ${rule.address ?? ''}, which is not declared as an admin network`,
          zh: `允许超级用户 ${list.zh} 从未声明为管理网段的 ${rule.address ?? ''} 登录`,
        };
        return [{ rule, level: 'warn', why, expected }];
      }
      return [];
    });
    return judgeRules(
      hba,
      judged,
      {
        en: `no network path leads to ${nameList(superusers).en} outside the declared admin networks`,
        zh: `经核查，超级用户 ${nameList(superusers).zh} 仅可本地或经声明的管理网段加密登录，符合要求`,
      },
      rulesEvidence(hba, { en: 'no network path for a superuser', zh: '超级用户无网络登录路径' }),
    );
  },
});

interface Path {
  readonly users: Set<string>;
  plain: boolean;
  outside: boolean;
}

/** What each rule opens to superusers over the network. A role without a password cannot use a password rule. */
function findPaths(
  decisions: readonly Decision[],
  secrets: FactMap['pg.role-secrets'],
  admin: readonly AddressRange[],
): ReadonlyMap<HbaRule, Path> {
  const withoutPassword = new Set(secrets.flatMap(({ name, method }) => (method === null ? [name] : [])));
  const paths = new Map<HbaRule, Path>();
  for (const { users, transport, address, rules } of decisions) {
    if (address === undefined || loopbackRanges.some((range) => inRange(address, range))) continue;
    for (const rule of rules) {
      if (rule.method === 'reject') continue;
      const able = passwordMethods.has(rule.method) ? users.filter((user) => !withoutPassword.has(user)) : users;
      if (able.length === 0) continue;
      const path = paths.get(rule) ?? { users: new Set(), plain: false, outside: false };
      for (const user of able) path.users.add(user);
      path.plain ||= transport === 'plain';
      path.outside ||= !admin.some((range) => inRange(address, range));
      paths.set(rule, path);
    }
  }
  return paths;
}
