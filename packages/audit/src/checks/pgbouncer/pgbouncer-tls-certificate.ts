import { defineCheck, notApplicable, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findSetting } from '../pgbouncer-evidence.ts';

const dayMs = 86_400_000;

export const pgbouncerTlsCertificate = defineCheck({
  id: 'pgbouncer-tls-certificate',
  scope: 'pgbouncer',
  catalogue: ['TLS-006', 'PGB-012'],
  title: {
    en: 'The certificate of PgBouncer is valid, strong and not about to expire',
    zh: 'PgBouncer 证书有效、强度足够且未临近到期',
  },
  severity: 'high',
  rationale: {
    en: 'It is the certificate that clients see: once it has expired, every client that verifies is cut off.',
    zh: '客户端看到的是该证书，过期后所有启用校验的客户端都会中断。',
  },
  remediation: {
    en: 'Issue a new certificate, put it beside PgBouncer, RELOAD, and alert on its end.',
    zh: '重新签发证书并部署到 PgBouncer，执行 RELOAD，同时配置到期告警。',
  },
  fix: ['openssl req -new -newkey rsa:3072 -noenc -keyout server.key -out server.csr -subj /CN={host}', 'RELOAD'],
  needs: ['pgbouncer.config', 'pgbouncer.tls'],
  params: { failDays: 7, warnDays: 30, maxLifetimeDays: 825, minRsaBits: 2048, minEcBits: 256 },
  evaluate({ 'pgbouncer.config': config, 'pgbouncer.tls': seen }, limits, { at }) {
    if (!seen.offered) {
      const mode = configEvidence(config, ['client_tls_sslmode'], { en: 'require', zh: 'require' });
      return (findSetting(config, 'client_tls_sslmode') ?? 'disable') === 'disable'
        ? notApplicable(
            {
              en: 'PgBouncer offers no TLS (pgbouncer-client-tls)',
              zh: 'PgBouncer 未启用 TLS，本项不适用（见 pgbouncer-client-tls）',
            },
            mode,
          )
        : undecided(
            {
              en: 'the address that was asked offers no TLS although PgBouncer has it on',
              zh: 'PgBouncer 已启用 TLS，但所访问的地址不提供 TLS，无法判定',
            },
            mode,
          );
    }
    const now = Date.parse(at);
    const [from, to] = [Date.parse(seen.validFrom), Date.parse(seen.validTo)];
    const days = Math.floor((to - now) / dayMs);
    const lifetime = Math.floor((to - from) / dayMs);
    const minBits =
      seen.keyType === 'ec' ? limits.minEcBits : seen.keyType?.startsWith('rsa') === true ? limits.minRsaBits : 0;
    const day = seen.validTo.slice(0, 10);
    return verdictOf({
      complaints: [
        ...(now > to ? [complaint('fail', `it expired on ${day}`, `证书已于 ${day} 过期`)] : []),
        ...(now < from
          ? [complaint('fail', `it is not valid before ${seen.validFrom.slice(0, 10)}`, '证书尚未生效')]
          : []),
        ...(now <= to && days < limits.warnDays
          ? [
              complaint(
                days < limits.failDays ? 'fail' : 'warn',
                `it expires in ${days} days`,
                `证书将在 ${days} 天后过期`,
              ),
            ]
          : []),
        ...(seen.keyBits !== null && seen.keyBits < minBits
          ? [
              complaint(
                'fail',
                `its ${seen.keyType ?? ''} key has ${seen.keyBits} bits`,
                `密钥（${seen.keyType ?? ''}）仅 ${seen.keyBits} 位`,
              ),
            ]
          : []),
        ...(lifetime > limits.maxLifetimeDays
          ? [
              complaint(
                'warn',
                `it is made for ${lifetime} days, more than ${limits.maxLifetimeDays}`,
                `有效期 ${lifetime} 天，超过 ${limits.maxLifetimeDays} 天`,
              ),
            ]
          : []),
      ],
      good: { en: `${seen.subject} is valid until ${day}`, zh: `证书 ${seen.subject} 有效期至 ${day}` },
      evidence: [
        {
          fact: 'pgbouncer.tls',
          at: 'fingerprint of the certificate',
          actual: `sha256 Fingerprint=${seen.fingerprint256}`,
          expected: { en: 'that of a certificate that is valid for a while', zh: '在有效期内的证书' },
          shell:
            'openssl s_client -starttls postgres -connect {host}:{port} </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256',
        },
      ],
    });
  },
});
