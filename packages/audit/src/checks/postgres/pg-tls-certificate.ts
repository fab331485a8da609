import { defineCheck, fail, notApplicable, pass, undecided, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import type { Text } from '../../text.ts';
import { settingEvidence } from '../setting-evidence.ts';

type Endpoint = Extract<FactMap['pg.tls-endpoint'], { readonly offered: true }>;
type Complaint = { readonly level: 'warn' | 'fail'; readonly text: Text };

const dayMs = 86_400_000;

export const pgTlsCertificate = defineCheck({
  id: 'pg-tls-certificate',
  catalogue: ['TLS-006'],
  title: {
    en: 'The server certificate is valid, strong and not about to expire',
    zh: '服务器证书有效、强度足够且未临近到期',
  },
  severity: 'high',
  rationale: {
    en: 'An expired certificate stops every client that verifies; a weak or very long-lived key gives an attacker time.',
    zh: '证书过期会使启用校验的客户端全部中断；密钥强度不足或有效期过长则增加被破解、被冒用的风险。',
  },
  remediation: {
    en: 'Issue a new certificate (RSA 2048 or EC 256 bits at least, 825 days at most), put it on every member, reload, and alert on its end.',
    zh: '重新签发证书（RSA 不低于 2048 位或 EC 不低于 256 位，有效期不超过 825 天），在各成员部署并重新加载，同时配置到期告警。',
  },
  fix: [
    'openssl req -new -newkey rsa:3072 -noenc -keyout server.key -out server.csr -subj /CN={host}',
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.tls-endpoint', 'pg.settings'],
  params: { failDays: 7, warnDays: 30, maxLifetimeDays: 825, minRsaBits: 2048, minEcBits: 256 },
  evaluate({ 'pg.tls-endpoint': endpoint, 'pg.settings': settings }, limits, { at }) {
    if (!endpoint.offered) {
      const ssl = settingEvidence(settings, 'ssl', { en: 'on', zh: 'on' });
      return ssl.actual === 'off'
        ? notApplicable(
            {
              en: 'the server offers no TLS (pg-tls-enabled)',
              zh: '服务器未启用 TLS，本项不适用（见 pg-tls-enabled）',
            },
            ssl,
          )
        : undecided(
            {
              en: 'the address that was asked offers no TLS although the server has it on; is it a proxy?',
              zh: '服务器已启用 TLS，但所访问的地址不提供 TLS（可能经过代理），无法判定',
            },
            ssl,
          );
    }
    const evidence = [datesEvidence(endpoint), ...keyEvidence(endpoint)];
    const complaints = findComplaints(endpoint, limits, Date.parse(at));
    if (complaints.length === 0) {
      const day = endpoint.validTo.slice(0, 10);
      const key = `${endpoint.keyType ?? '?'} ${endpoint.keyBits ?? ''}`.trim();
      return pass(
        {
          en: `${endpoint.subject} is valid until ${day} (${key})`,
          zh: `经核查，证书 ${endpoint.subject} 有效期至 ${day}（${key}），符合要求`,
        },
        ...evidence,
      );
    }
    const reason = {
      en: `${endpoint.subject}: ${complaints.map(({ text }) => text.en).join('; ')}`,
      zh: `经核查，证书 ${endpoint.subject} ${complaints.map(({ text }) => text.zh).join('；')}`,
    };
    return complaints.some(({ level }) => level === 'fail') ? fail(reason, ...evidence) : warn(reason, ...evidence);
  },
});

interface Limits {
  readonly failDays: number;
  readonly warnDays: number;
  readonly maxLifetimeDays: number;
  readonly minRsaBits: number;
  readonly minEcBits: number;
}

const complain = (level: 'warn' | 'fail', en: string, zh: string): Complaint => ({ level, text: { en, zh } });

function findComplaints(endpoint: Endpoint, limits: Limits, now: number): readonly Complaint[] {
  const { keyType, keyBits } = endpoint;
  const from = Date.parse(endpoint.validFrom);
  const to = Date.parse(endpoint.validTo);
  const days = Math.floor((to - now) / dayMs);
  const lifetimeDays = Math.floor((to - from) / dayMs);
  const minBits =
    keyType === 'ec' ? limits.minEcBits : keyType === 'rsa' || keyType === 'rsa-pss' ? limits.minRsaBits : 0;
  return [
    ...(now > to ? [complain('fail', `expired on ${endpoint.validTo}`, `已于 ${endpoint.validTo} 过期`)] : []),
    ...(now < from
      ? [complain('fail', `is not valid before ${endpoint.validFrom}`, `在 ${endpoint.validFrom} 之前尚未生效`)]
      : []),
    ...(now <= to && days < limits.warnDays
      ? [complain(days < limits.failDays ? 'fail' : 'warn', `expires in ${days} days`, `将在 ${days} 天后过期`)]
      : []),
    ...(keyBits !== null && keyBits < minBits
      ? [complain('fail', `its ${keyType ?? ''} key has ${keyBits} bits`, `密钥（${keyType ?? ''}）仅 ${keyBits} 位`)]
      : []),
    ...(lifetimeDays > limits.maxLifetimeDays
      ? [
          complain(
            'warn',
            `is made for ${lifetimeDays} days, more than ${limits.maxLifetimeDays}`,
            `有效期为 ${lifetimeDays} 天，超过 ${limits.maxLifetimeDays} 天`,
          ),
        ]
      : []),
  ];
}

const handshake = 'openssl s_client -starttls postgres -connect {host}:{port} </dev/null 2>/dev/null';

const datesEvidence = (endpoint: Endpoint): Evidence => ({
  fact: 'pg.tls-endpoint',
  at: 'validity of the certificate',
  actual: `notBefore=${opensslDate(endpoint.validFrom)}\nnotAfter=${opensslDate(endpoint.validTo)}`,
  expected: { en: 'valid now and for a while', zh: '在有效期内且未临近到期' },
  shell: `${handshake} | openssl x509 -noout -dates`,
});

/** Other key types than RSA and EC have one size each. */
const keyEvidence = ({ keyType, keyBits }: Endpoint): readonly Evidence[] =>
  keyBits === null || !(keyType === 'rsa' || keyType === 'rsa-pss' || keyType === 'ec')
    ? []
    : [
        {
          fact: 'pg.tls-endpoint',
          at: `bits of its ${keyType} key`,
          actual: String(keyBits),
          expected: { en: 'RSA 2048, EC 256 or more', zh: 'RSA 不低于 2048 位，EC 不低于 256 位' },
          shell: `${handshake} | openssl x509 -noout -pubkey | openssl pkey -pubin -noout -text | sed -n 's/.*(\\([0-9]*\\) bit.*/\\1/p'`,
        },
      ];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** ISO 8601 UTC as openssl prints it: `Nov  1 00:00:00 2027 GMT`. */
function opensslDate(iso: string): string {
  const date = new Date(iso);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`;
}
