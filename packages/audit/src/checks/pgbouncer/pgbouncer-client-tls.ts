import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import { configEvidence, findSetting, reachOf } from '../pgbouncer-evidence.ts';

export const pgbouncerClientTls = defineCheck({
  id: 'pgbouncer-client-tls',
  scope: 'pgbouncer',
  catalogue: ['PGB-001'],
  title: { en: 'PgBouncer takes clients over TLS only', zh: 'PgBouncer 仅接受 TLS 客户端连接' },
  severity: 'high',
  rationale: {
    en: 'Clients talk to the pooler, not to the server: TLS that only the server demands protects nobody in front of the pooler.',
    zh: '客户端连接的是连接池而非数据库，仅由数据库要求 TLS 无法保护连接池之前的链路。',
  },
  remediation: {
    en: 'Give PgBouncer a certificate and set client_tls_sslmode = require (verify-full where clients have certificates).',
    zh: '为 PgBouncer 配置证书并设置 client_tls_sslmode = require（客户端持有证书时使用 verify-full）。',
  },
  fix: [
    'client_tls_sslmode = require',
    'client_tls_cert_file = {server.crt}',
    'client_tls_key_file = {server.key}',
    'RELOAD',
  ],
  needs: ['pgbouncer.config'],
  params: { clientCertificates: false },
  evaluate({ 'pgbouncer.config': config }, { clientCertificates }) {
    const mode = findSetting(config, 'client_tls_sslmode') ?? 'disable';
    const evidence = configEvidence(config, ['client_tls_sslmode', 'listen_addr'], {
      en: 'require, verify-ca or verify-full',
      zh: 'require、verify-ca 或 verify-full',
    });
    if (reachOf(config) !== 'network') {
      return notApplicable(
        { en: 'PgBouncer listens on no network', zh: 'PgBouncer 未监听网络地址，本项不适用' },
        evidence,
      );
    }
    const verifies = mode === 'verify-ca' || mode === 'verify-full';
    if (!verifies && mode !== 'require') {
      return fail(
        {
          en: `client_tls_sslmode is ${mode}: clients may connect in clear text`,
          zh: `经核查，client_tls_sslmode 为 ${mode}，客户端可以明文连接`,
        },
        evidence,
      );
    }
    if (clientCertificates && !verifies) {
      return warn(
        {
          en: `client_tls_sslmode is ${mode}, which asks for no certificate`,
          zh: `经核查，client_tls_sslmode 为 ${mode}，不校验客户端证书`,
        },
        evidence,
      );
    }
    return pass(
      { en: `client_tls_sslmode is ${mode}`, zh: `经核查，client_tls_sslmode 为 ${mode}，符合要求` },
      evidence,
    );
  },
});
