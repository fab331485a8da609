import { defineCheck, fail, pass, warn } from '../../check.ts';
import { configEvidence, findSetting, reachOf } from '../pgbouncer-evidence.ts';

export const pgbouncerAuthType = defineCheck({
  id: 'pgbouncer-auth-type',
  scope: 'pgbouncer',
  catalogue: ['PGB-003'],
  title: { en: 'PgBouncer authenticates its clients strongly', zh: 'PgBouncer 使用强身份鉴别方式' },
  severity: 'critical',
  rationale: {
    en: 'The pooler logs in to the server for its clients: with any or trust everybody is whoever they claim to be.',
    zh: '连接池代替客户端登录数据库，使用 any 或 trust 时任何人都可冒充任意用户。',
  },
  remediation: {
    en: 'Set auth_type to scram-sha-256, cert, or hba with rules that demand one of them.',
    zh: '将 auth_type 设为 scram-sha-256、cert，或 hba 并在规则中要求上述方式。',
  },
  fix: ['auth_type = scram-sha-256', 'RELOAD'],
  needs: ['pgbouncer.config'],
  params: {},
  evaluate({ 'pgbouncer.config': config }) {
    const type = findSetting(config, 'auth_type') ?? '';
    const evidence = configEvidence(config, ['auth_type', 'client_tls_sslmode', 'listen_addr'], {
      en: 'scram-sha-256, cert, hba, or ldap over TLS',
      zh: 'scram-sha-256、cert、hba，或经 TLS 的 ldap',
    });
    const observed = { en: `auth_type is ${type}`, zh: `经核查，auth_type 为 ${type}` };
    if (type === 'scram-sha-256' || type === 'cert')
      return pass({ en: observed.en, zh: `${observed.zh}，符合要求` }, evidence);
    if (type === 'hba') {
      return pass(
        {
          en: `${observed.en}: each rule says how (pgbouncer-hba-strong)`,
          zh: `${observed.zh}，由规则逐条决定（见 pgbouncer-hba-strong），符合要求`,
        },
        evidence,
      );
    }
    if (type === 'md5') {
      return warn(
        {
          en: `${observed.en}: SCRAM is used only for users whose secret is one, the others send an md5 digest`,
          zh: `${observed.zh}，仅当用户口令为 SCRAM 时才使用 SCRAM，其余用户发送 md5 摘要`,
        },
        evidence,
      );
    }
    if (type === 'pam' || type === 'ldap') {
      const isEncrypted = ['require', 'verify-ca', 'verify-full'].includes(
        findSetting(config, 'client_tls_sslmode') ?? '',
      );
      return isEncrypted || reachOf(config) !== 'network'
        ? pass({ en: `${observed.en}, over TLS`, zh: `${observed.zh}，经 TLS 传输，符合要求` }, evidence)
        : fail(
            { en: `${observed.en}, and passwords travel in clear text`, zh: `${observed.zh}，且口令以明文传输` },
            evidence,
          );
    }
    return fail(
      { en: `${observed.en}: nobody has to prove who they are`, zh: `${observed.zh}，无法有效鉴别身份` },
      evidence,
    );
  },
});
