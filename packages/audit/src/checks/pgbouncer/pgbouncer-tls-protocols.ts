import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { configEvidence, findSetting } from '../pgbouncer-evidence.ts';
import type { FactMap } from '../../facts.ts';

export const pgbouncerTlsProtocols = defineCheck({
  id: 'pgbouncer-tls-protocols',
  scope: 'pgbouncer',
  catalogue: ['PGB-012', 'TLS-002'],
  title: { en: 'PgBouncer speaks TLS 1.2 and newer only', zh: 'PgBouncer 仅使用 TLS 1.2 及以上协议与安全套件' },
  severity: 'medium',
  rationale: {
    en: 'TLS 1.0 and 1.1 and old ciphers can be broken or forced by whoever sits in between.',
    zh: 'TLS 1.0、1.1 与旧套件可被中间人降级或破解。',
  },
  remediation: {
    en: 'Leave client_tls_protocols and server_tls_protocols at secure, and the ciphers at their default or HIGH.',
    zh: 'client_tls_protocols 与 server_tls_protocols 保持 secure，套件保持默认或 HIGH。',
  },
  fix: ['client_tls_protocols = secure', 'server_tls_protocols = secure', 'RELOAD'],
  needs: ['pgbouncer.config'],
  params: {},
  evaluate({ 'pgbouncer.config': config }) {
    const evidence = configEvidence(
      config,
      [
        'client_tls_ciphers',
        'client_tls_protocols',
        'client_tls_sslmode',
        'server_tls_ciphers',
        'server_tls_protocols',
        'server_tls_sslmode',
      ],
      { en: 'secure, or tlsv1.2 and tlsv1.3', zh: 'secure，或 tlsv1.2 与 tlsv1.3' },
    );
    const sides = (['client', 'server'] as const).filter(
      (side) => (findSetting(config, `${side}_tls_sslmode`) ?? 'disable') !== 'disable',
    );
    if (sides.length === 0) {
      return notApplicable(
        {
          en: 'PgBouncer uses no TLS (pgbouncer-client-tls)',
          zh: 'PgBouncer 未启用 TLS，本项不适用（见 pgbouncer-client-tls）',
        },
        evidence,
      );
    }
    return verdictOf({
      complaints: sides.flatMap((side) => judge(config, side)),
      good: {
        en: `old protocols are off for ${sides.join(' and ')}`,
        zh: `${sides.map((side) => (side === 'client' ? '客户端' : '服务器端')).join('与')}均未启用旧协议`,
      },
      evidence: [evidence],
    });
  },
});

function judge(config: FactMap['pgbouncer.config'], side: 'client' | 'server'): readonly Complaint[] {
  const protocols = (findSetting(config, `${side}_tls_protocols`) ?? '').toLowerCase();
  const ciphers = findSetting(config, `${side}_tls_ciphers`) ?? '';
  const words = protocols.split(/[\s,:]+/u);
  const isOld = words.some((word) => ['all', 'legacy', 'tlsv1', 'tlsv1.0', 'tlsv1.1'].includes(word));
  const weak = ciphers
    .split(/[\s:,]+/u)
    .filter((word) => /^(?:all|legacy|insecure|aNULL|eNULL|NULL|LOW|EXP\w*|RC4\S*|3DES|DES\S*|MD5)$/u.test(word));
  return [
    ...(isOld
      ? [complaint('fail', `${side}_tls_protocols is ${protocols}`, `${side}_tls_protocols 为 ${protocols}`)]
      : []),
    ...(weak.length > 0
      ? [
          complaint(
            'fail',
            `${side}_tls_ciphers allows ${weak.join(', ')}`,
            `${side}_tls_ciphers 允许 ${weak.join('、')}`,
          ),
        ]
      : []),
  ];
}
