import { defineCheck, notApplicable, type SqlEvidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

type Rule = FactMap['pg.hba']['rules'][number];

const dayMs = 86_400_000;

export const pgTlsAuthority = defineCheck({
  id: 'pg-tls-authority',
  catalogue: ['TLS-008'],
  title: {
    en: 'An authority vouches for certificates, and can take them back',
    zh: '已配置证书机构并可吊销证书',
  },
  severity: 'medium',
  rationale: {
    en: 'A rule that lets a client certificate in rests on the authority; without a revocation list a lost one opens the server until it expires.',
    zh: '依赖客户端证书的规则以证书机构为信任基础；没有吊销列表时，丢失的证书在到期前一直可用。',
  },
  remediation: {
    en: 'Set ssl_ca_file, publish a revocation list and name it in ssl_crl_file or ssl_crl_dir, or issue certificates for 90 days at most.',
    zh: '配置 ssl_ca_file，发布吊销列表并通过 ssl_crl_file 或 ssl_crl_dir 加载，或将证书有效期控制在 90 天以内。',
  },
  fix: [`ALTER SYSTEM SET ssl_crl_file = '/pg/cert/ca.crl'`, 'SELECT pg_reload_conf()'],
  needs: ['pg.settings', 'pg.hba', 'pg.tls-endpoint'],
  /** A certificate that lives no longer needs no revocation list. */
  params: { maxDaysWithoutList: 90 },
  evaluate({ 'pg.settings': settings, 'pg.hba': hba, 'pg.tls-endpoint': endpoint }, { maxDaysWithoutList }) {
    const lists = ['ssl_crl_file', ...(settings['ssl_crl_dir'] === undefined ? [] : ['ssl_crl_dir'])];
    const unproven = findUnprovenSettings(settings, ['ssl', 'ssl_ca_file', ...lists]);
    if (unproven !== undefined) return unproven;
    const ssl = settingEvidence(settings, 'ssl', { en: 'on', zh: 'on' });
    if (ssl.actual !== 'on') {
      return notApplicable(
        { en: 'TLS is off (pg-tls-enabled)', zh: '未启用 TLS，本项不适用（见 pg-tls-enabled）' },
        ssl,
      );
    }
    if (!endpoint.offered) {
      return verdictOf({
        complaints: [],
        unknown: [{ en: 'the address that was asked offers no TLS', zh: '所访问的地址不提供 TLS' }],
        good: { en: '', zh: '' },
        evidence: [ssl],
      });
    }
    const rules = hba.rules.filter(wantsClientCertificate);
    const authority = settingEvidence(settings, 'ssl_ca_file', { en: 'a file', zh: '文件' });
    const revocation = lists.map((name) =>
      settingEvidence(settings, name, { en: 'a list, where client certificates count', zh: '使用客户端证书时应配置' }),
    );
    const lifetimeDays = Math.floor((Date.parse(endpoint.validTo) - Date.parse(endpoint.validFrom)) / dayMs);
    const hasList = revocation.some(({ actual }) => actual !== '');
    const { subject, issuer } = endpoint;
    return verdictOf({
      complaints: [
        ...(subject === issuer
          ? [complaint('warn', `${subject} vouches for itself`, `证书 ${subject} 为自签名，无证书机构背书`)]
          : []),
        ...(rules.length > 0 && authority.actual === ''
          ? [
              complaint(
                'fail',
                `${rules.length} rules ask for client certificates, and ssl_ca_file is empty`,
                `${rules.length} 条规则要求客户端证书，但未配置 ssl_ca_file`,
              ),
            ]
          : []),
        ...(rules.length > 0 && authority.actual !== '' && !hasList && lifetimeDays > maxDaysWithoutList
          ? [
              complaint(
                'warn',
                `client certificates count in ${rules.length} rules, there is no revocation list, and certificates are made for ${lifetimeDays} days`,
                `${rules.length} 条规则使用客户端证书，未配置吊销列表，且证书有效期达 ${lifetimeDays} 天`,
              ),
            ]
          : []),
      ],
      good: {
        en: `${issuer} vouches for the server; ${rules.length === 0 ? 'no rule rests on client certificates' : hasList ? 'a revocation list is loaded' : `certificates live ${lifetimeDays} days`}`,
        zh: `服务器证书由 ${issuer} 签发，${rules.length === 0 ? '没有规则依赖客户端证书' : hasList ? '已加载吊销列表' : `证书有效期 ${lifetimeDays} 天`}`,
      },
      evidence: [authority, ...revocation, rulesEvidence(rules.length), authorityEvidence(subject === issuer)],
    });
  },
});

/** Method cert always asks for one; `clientcert=1` is the word of version 13 and older. */
const wantsClientCertificate = ({ method, options }: Rule): boolean =>
  method === 'cert' || options.some((option) => /^clientcert=(?:1|verify-)/u.test(option));

const rulesEvidence = (count: number): SqlEvidence => ({
  fact: 'pg.hba',
  at: 'rules that ask for a client certificate',
  actual: String(count),
  expected: { en: 'none, or an authority and a revocation list', zh: '无，或已配置证书机构与吊销列表' },
  sql: `SELECT count(*) FROM pg_hba_file_rules WHERE error IS NULL AND (auth_method = 'cert' OR EXISTS (SELECT FROM unnest(options) AS o WHERE o ~ '^clientcert=(1|verify-)'))`,
});

const authorityEvidence = (isSelfSigned: boolean) => ({
  fact: 'pg.tls-endpoint' as const,
  at: 'subject and issuer of the certificate',
  actual: isSelfSigned ? 'the same' : 'different',
  expected: { en: 'different', zh: '不同' },
  shell: `openssl s_client -starttls postgres -connect {host}:{port} </dev/null 2>/dev/null | openssl x509 -noout -subject_hash -issuer_hash | uniq | awk 'END { print (NR == 1 ? "the same" : "different") }'`,
});
