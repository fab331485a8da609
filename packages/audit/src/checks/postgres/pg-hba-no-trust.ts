import { defineCheck } from '../../check.ts';
import { methodsEvidence } from '../hba-evidence.ts';
import { liveRules, playRules, principalsOf } from '../hba-reach.ts';
import { judgeRules, type JudgedRule } from '../hba-verdict.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const pgHbaNoTrust = defineCheck({
  id: 'pg-hba-no-trust',
  catalogue: ['AUTH-001'],
  title: { en: 'No rule lets anyone in without authentication', zh: '不存在免认证（trust）的登录规则' },
  severity: 'critical',
  rationale: {
    en: 'trust accepts any claimed role name: whoever reaches the port or the socket is whoever they say they are.',
    zh: 'trust 不校验任何身份凭据，能够访问端口或套接字的人均可冒用任意账号登录，身份鉴别形同虚设。',
  },
  remediation: {
    en: 'Replace trust by peer for the operating system owner, and by scram-sha-256 or cert for everyone else, on every member.',
    zh: '将 trust 改为：本机属主账号使用 peer，其余使用 scram-sha-256 或 cert，并在所有成员上重新加载。',
  },
  fix: [
    'local  all  {owner}  peer',
    'hostssl  {database}  {role}  {network}  scram-sha-256',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.hba', 'pg.roles', 'pg.databases', 'pg.settings'],
  params: {},
  evaluate({ 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases, 'pg.settings': settings }) {
    const live = liveRules(playRules(hba.rules, principalsOf(roles, databases)));
    const socketMode = Number.parseInt(settings['unix_socket_permissions']?.value ?? '777', 8);
    // Connecting needs write permission on the socket: without it for group and others, only its owner gets through.
    const ownerOnly = (socketMode & 0o022) === 0;
    const judged = hba.rules.flatMap((rule): readonly JudgedRule[] => {
      if (rule.method !== 'trust') return [];
      const expected = { en: 'a method that authenticates', zh: '具备身份鉴别能力的认证方式' };
      if (!live.has(rule)) {
        const why = {
          en: 'trust, though today an earlier rule answers first or it names nobody who exists',
          zh: '为 trust，当前因被前面的规则覆盖或账号不存在而未生效',
        };
        return [{ rule, level: 'warn', why, expected }];
      }
      if (rule.type === 'local' && ownerOnly) {
        const why = {
          en: 'trust on a socket that only its owner can open',
          zh: '为 trust，但套接字仅属主可访问',
        };
        const also = [settingEvidence(settings, 'unix_socket_permissions', { en: '0700', zh: '0700' })];
        return [{ rule, level: 'warn', why, expected, also }];
      }
      const why =
        rule.type === 'local'
          ? { en: 'trust for every local account', zh: '对本机任意系统账号免认证' }
          : { en: `trust from ${rule.address ?? 'anywhere'}`, zh: `对来自 ${rule.address ?? '任意地址'} 的连接免认证` };
      return [{ rule, level: 'fail', why, expected }];
    });
    return judgeRules(
      hba,
      judged,
      {
        en: `none of ${hba.rules.length} rules is trust`,
        zh: `经核查，${hba.rules.length} 条规则均未使用 trust，符合要求`,
      },
      methodsEvidence(hba, { en: 'no trust', zh: '不含 trust' }),
    );
  },
});
