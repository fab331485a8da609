import { defineCheck, fail, pass, warn, type Evidence } from '../../check.ts';
import { addressOf, certificateComplaints, certificateEvidence } from '../certificate.ts';

export const patroniRestTls = defineCheck({
  id: 'patroni-rest-tls',
  scope: 'patroni',
  catalogue: ['HA-014'],
  title: { en: 'Patroni’s REST API is encrypted and knows its clients', zh: 'Patroni 接口加密传输并校验客户端' },
  severity: 'high',
  rationale: {
    en: 'Over plain HTTP the control password passes the network with every command, and everybody reads the state of the cluster; reading can be closed by client certificates alone.',
    zh: '明文 HTTP 下每次操作都会在网络上泄露控制口令，且集群状态可被任意读取；读取接口只能通过客户端证书限制。',
  },
  remediation: {
    en: 'Give Patroni a certificate (restapi.certfile, keyfile, cafile; Pigsty patroni_ssl_enabled: true), set verify_client to optional or required, and check over TLS in HAProxy.',
    zh: '为 Patroni 配置证书（restapi.certfile、keyfile、cafile；Pigsty 中 patroni_ssl_enabled: true），将 verify_client 设为 optional 或 required，HAProxy 健康检查同步改用 TLS。',
  },
  fix: [
    'restapi:\n  certfile: /pg/cert/server.crt\n  keyfile: /pg/cert/server.key\n  cafile: /pg/cert/ca.crt\n  verify_client: optional',
    'patronictl reload {cluster}',
  ],
  needs: ['patroni.tls', 'patroni.exposure'],
  params: { failDays: 7, warnDays: 30, minRsaBits: 2048, minEcBits: 256 },
  evaluate({ 'patroni.tls': seen, 'patroni.exposure': exposure }, limits, { at }) {
    const answered: Evidence = {
      fact: 'patroni.tls',
      at: 'a stranger is answered',
      actual: seen.answered ? 'answered' : 'refused',
      expected: { en: 'refused, or answered over TLS', zh: '拒绝，或经 TLS 应答' },
      shell: `curl -sk -o /dev/null {url}/liveness && echo answered || echo refused`,
    };
    if (seen.tls === null) {
      return fail(
        {
          en: 'the REST API speaks plain HTTP',
          zh: '经核查，Patroni 接口使用明文 HTTP，未加密传输',
        },
        answered,
      );
    }
    const evidence = [answered, certificateEvidence('patroni.tls', addressOf(seen.url), seen.tls)];
    const complaints = certificateComplaints(seen.tls, limits, Date.parse(at));
    if (complaints.length > 0) {
      const reason = {
        en: `its certificate ${complaints.map(({ text }) => text.en).join(', ')}`,
        zh: `经核查，其证书${complaints.map(({ text }) => text.zh).join('，')}`,
      };
      return complaints.some(({ level }) => level === 'fail') ? fail(reason, ...evidence) : warn(reason, ...evidence);
    }
    // 403 before any login: verify_client is optional, and changes need a certificate. Also an allowlist answers so.
    if (seen.answered && exposure.status !== 403 && exposure.status !== null) {
      return warn(
        {
          en: 'the REST API is encrypted, but asks no client for a certificate (verify_client)',
          zh: '经核查，接口已加密，但未校验客户端证书（verify_client）',
        },
        ...evidence,
        {
          fact: 'patroni.exposure',
          at: 'status of a change without login and content',
          actual: String(exposure.status),
          expected: { en: '403 or no connection (000)', zh: '403 或拒绝连接（000）' },
          shell: `curl -sk -o /dev/null -w '%{http_code}\\n' -X PATCH {url}/config`,
        },
      );
    }
    return pass(
      {
        en: `the REST API is encrypted (${seen.tls.protocol}), and ${seen.answered ? 'changes need' : 'nothing is told without'} a client certificate`,
        zh: `经核查，接口已加密（${seen.tls.protocol}），${seen.answered ? '变更操作' : '任何请求'}均需客户端证书，符合要求`,
      },
      ...evidence,
    );
  },
});
