import { defineCheck, fail, pass } from '../../check.ts';
import { roleSettingsEvidence } from '../role-setting-evidence.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgPasswordEncryptionScram = defineCheck({
  id: 'pg-password-encryption-scram',
  catalogue: ['AUTH-005'],
  title: { en: 'New passwords are stored as SCRAM-SHA-256', zh: '新设口令以 SCRAM-SHA-256 存储' },
  severity: 'medium',
  rationale: {
    en: 'password_encryption decides how the next password is stored; md5 undoes every migration.',
    zh: 'password_encryption 决定后续口令的存储方式，若为 md5，则新口令仍会以弱摘要保存。',
  },
  remediation: {
    en: 'Set password_encryption = scram-sha-256 on every member, and reset overrides of roles and databases.',
    zh: '在所有成员上将 password_encryption 设为 scram-sha-256，并清除账号、数据库级覆盖设置。',
  },
  fix: [
    `ALTER SYSTEM SET password_encryption = 'scram-sha-256'`,
    'SELECT pg_reload_conf()',
    'ALTER ROLE {role} RESET password_encryption',
  ],
  needs: ['pg.settings', 'pg.roles'],
  params: {},
  evaluate({ 'pg.settings': settings, 'pg.roles': { settings: overrides } }) {
    const expected = { en: 'scram-sha-256', zh: 'scram-sha-256' };
    const weaker = overrides.filter(({ name, value }) => name === 'password_encryption' && value !== 'scram-sha-256');
    if (weaker.length > 0) {
      return fail(
        {
          en: `password_encryption is overridden for ${weaker.length} role(s) or database(s)`,
          zh: `经核查，有 ${weaker.length} 处账号或数据库级设置将 password_encryption 改为弱算法`,
        },
        ...roleSettingsEvidence(weaker, expected),
      );
    }
    const unproven = findUnprovenSettings(settings, ['password_encryption']);
    if (unproven !== undefined) return unproven;
    const evidence = settingEvidence(settings, 'password_encryption', expected);
    return evidence.actual === 'scram-sha-256'
      ? pass(
          {
            en: 'password_encryption is scram-sha-256, and nothing overrides it',
            zh: '经核查，password_encryption 为 scram-sha-256，且无账号或数据库级覆盖，符合要求',
          },
          evidence,
        )
      : fail(
          {
            en: `password_encryption is ${evidence.actual}`,
            zh: `经核查，password_encryption 为 ${evidence.actual}，新口令将以弱摘要存储`,
          },
          evidence,
        );
  },
});
