import { defineCheck, fail, pass } from '../../check.ts';
import { nameList } from '../name-list.ts';
import { secretKindsEvidence, secretsEvidence } from '../secret-evidence.ts';

export const pgRoleSecretsScram = defineCheck({
  id: 'pg-role-secrets-scram',
  catalogue: ['AUTH-004'],
  title: { en: 'Every stored password is SCRAM-SHA-256', zh: '存储的登录口令均为 SCRAM-SHA-256' },
  severity: 'high',
  rationale: {
    en: 'A stolen MD5 verifier is as good as the password; a SCRAM verifier is not, and is slow to guess from.',
    zh: 'MD5 口令摘要一旦泄露即等同口令泄露，SCRAM 校验值则不能直接用于登录，且破解代价高。',
  },
  remediation: {
    en: 'Set password_encryption to scram-sha-256 and have the owner of each role named here set a new password.',
    zh: '将 password_encryption 设为 scram-sha-256，并由账号责任人重新设置口令。',
  },
  fix: [`SET password_encryption = 'scram-sha-256'`, String.raw`\password {role}`],
  needs: ['pg.role-secrets'],
  params: {},
  evaluate({ 'pg.role-secrets': secrets }) {
    const expected = { en: 'scram-sha-256, or no password', zh: 'scram-sha-256 或无口令' };
    const weak = secrets.filter(({ method }) => method === 'md5' || method === 'unknown');
    if (weak.length > 0) {
      const list = nameList(weak.map(({ name }) => name));
      return fail(
        {
          en: `${weak.length} of ${secrets.length} login roles have a password that is not SCRAM: ${list.en}`,
          zh: `经核查，${secrets.length} 个可登录账号中有 ${weak.length} 个的口令未采用 SCRAM-SHA-256：${list.zh}`,
        },
        ...secretsEvidence(weak, expected),
      );
    }
    const without = secrets.filter(({ method }) => method === null).length;
    return pass(
      {
        en: `${secrets.length - without} stored passwords are SCRAM-SHA-256; ${without} login roles have none`,
        zh: `经核查，${secrets.length - without} 个账号的口令均为 SCRAM-SHA-256，另有 ${without} 个账号无口令，符合要求`,
      },
      secretKindsEvidence(secrets, expected),
    );
  },
});
