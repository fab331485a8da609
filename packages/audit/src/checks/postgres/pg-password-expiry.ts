import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { roleColumns, roleEvidence } from '../role-evidence.ts';
import { daysUntilExpiry } from '../role-expiry.ts';
import { secretKindsEvidence } from '../secret-evidence.ts';

const none: readonly string[] = [];

export const pgPasswordExpiry = defineCheck({
  id: 'pg-password-expiry',
  catalogue: ['PWD-003'],
  title: { en: 'Passwords expire', zh: '口令设有有效期并定期更换' },
  severity: 'high',
  rationale: {
    en: 'A password that never ends keeps working after it leaked, and after its owner left.',
    zh: '口令长期有效时，泄露或人员离岗后仍可被使用，应定期更换。',
  },
  remediation: {
    en: 'Set VALID UNTIL on every role with a password and renew it with each change; list service accounts with an approved exemption.',
    zh: '为设有口令的账号设置 VALID UNTIL，并在每次更换口令时顺延；服务账号经审批后列入豁免清单。',
  },
  fix: [`ALTER ROLE {role} VALID UNTIL '{date}'`],
  needs: ['pg.roles', 'pg.role-secrets'],
  /**
   * `serviceRoles` may do without an end but are noted; `exemptRoles` have an approved exemption. Replication roles are
   * service roles.
   */
  params: { maximumDays: 90, tolerableDays: 180, serviceRoles: none, exemptRoles: none },
  evaluate({ 'pg.roles': { roles }, 'pg.role-secrets': secrets }, params, { at }) {
    const withPassword = new Set(secrets.flatMap(({ name, method }) => (method === null ? [] : [name])));
    const expected = { en: `within ${params.maximumDays} days`, zh: `${params.maximumDays} 天以内` };
    const columns = [roleColumns.validUntil];
    const judged = roles.filter(({ name }) => withPassword.has(name) && !params.exemptRoles.includes(name));
    if (judged.length === 0) {
      return notApplicable(
        {
          en: 'no login role has a password, or each has an approved exemption',
          zh: '无设有口令的登录账号，或均已获批豁免',
        },
        secretKindsEvidence(secrets, expected),
      );
    }
    const late = judged.flatMap((role) => {
      const days = daysUntilExpiry(role, at);
      if (days <= params.maximumDays) return [];
      const service = role.replication && !role.superuser ? true : params.serviceRoles.includes(role.name);
      const level = service || days <= params.tolerableDays ? ('warn' as const) : ('fail' as const);
      return [{ role, level }];
    });
    const worstFirst = [
      ...late.filter(({ level }) => level === 'fail'),
      ...late.filter(({ level }) => level === 'warn'),
    ];
    if (worstFirst.length === 0) {
      return pass(
        {
          en: `the passwords of all ${judged.length} roles end within ${params.maximumDays} days`,
          zh: `经核查，${judged.length} 个账号的口令有效期均在 ${params.maximumDays} 天以内，符合要求`,
        },
        ...judged.slice(0, evidenceRows).map((role) => roleEvidence(role, columns, expected)),
      );
    }
    const list = nameList(worstFirst.map(({ role }) => `${role.name} (${role.validUntil ?? 'no end'})`));
    const listZh = nameList(worstFirst.map(({ role }) => `${role.name}（${role.validUntil ?? '未设置'}）`)).zh;
    const reason = {
      en: `${late.length} of ${judged.length} passwords do not end within ${params.maximumDays} days: ${list.en}`,
      zh: `经核查，${judged.length} 个设有口令的账号中有 ${late.length} 个未设有效期或超过 ${params.maximumDays} 天：${listZh}`,
    };
    const evidence = worstFirst.slice(0, evidenceRows).map(({ role }) => roleEvidence(role, columns, expected));
    return worstFirst[0]?.level === 'fail' ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});
