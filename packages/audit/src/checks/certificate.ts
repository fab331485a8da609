import type { Evidence } from '../check.ts';
import type { FactId } from '../facts.ts';
import type { Text } from '../text.ts';
import type { TlsFact } from '../tls-fact.ts';

export interface CertificateLimits {
  readonly failDays: number;
  readonly warnDays: number;
  readonly minRsaBits: number;
  readonly minEcBits: number;
}

export interface CertificateComplaint {
  readonly level: 'warn' | 'fail';
  readonly text: Text;
}

const dayMs = 86_400_000;

/** What is wrong with a certificate at that time, milliseconds since 1970. */
export function certificateComplaints(
  { validFrom, validTo, keyType, keyBits, subject, issuer }: TlsFact,
  { failDays, warnDays, minRsaBits, minEcBits }: CertificateLimits,
  now: number,
): readonly CertificateComplaint[] {
  const days = Math.floor((Date.parse(validTo) - now) / dayMs);
  const minBits = keyType === 'ec' ? minEcBits : keyType === 'rsa' || keyType === 'rsa-pss' ? minRsaBits : 0;
  const complaints: CertificateComplaint[] = [];
  const complain = (level: 'warn' | 'fail', en: string, zh: string): void => {
    complaints.push({ level, text: { en, zh } });
  };
  if (now > Date.parse(validTo)) complain('fail', `expired on ${validTo}`, `已于 ${validTo} 过期`);
  else if (days < failDays) complain('fail', `expires in ${days} days`, `将在 ${days} 天后过期`);
  else if (days < warnDays) complain('warn', `expires in ${days} days`, `将在 ${days} 天后过期`);
  if (now < Date.parse(validFrom)) complain('fail', `is not valid before ${validFrom}`, `在 ${validFrom} 之前尚未生效`);
  if (keyBits !== null && keyBits < minBits) {
    complain('fail', `its ${keyType ?? ''} key has ${keyBits} bits`, `密钥（${keyType ?? ''}）仅 ${keyBits} 位`);
  }
  if (subject === issuer) complain('fail', 'is self-signed: nobody vouches for it', '为自签名证书，无可信机构背书');
  return complaints;
}

/** Evidence for issuer and validity; `address` is `host:port` as a shell word. */
export function certificateEvidence(fact: FactId, address: string, tls: TlsFact, subject?: string): Evidence {
  return {
    fact,
    ...(subject === undefined ? {} : { subject }),
    at: 'fingerprint of the certificate',
    actual: tls.fingerprint256,
    expected: {
      en: `valid now and for a while (until ${tls.validTo.slice(0, 10)}), issued by an authority (${tls.issuer})`,
      zh: `在有效期内且未临近到期（至 ${tls.validTo.slice(0, 10)}），由证书机构签发（${tls.issuer}）`,
    },
    shell: `openssl s_client -connect ${address} </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256 | cut -d= -f2`,
  };
}

/** `host:port` of a URL, with the port it implies; brackets of IPv6 stay. */
export function addressOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}
