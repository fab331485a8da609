import type { TlsFact } from '../tls-fact.ts';
import type { TlsOffersFact } from '../tls-offers-fact.ts';
import type { TlsOfferKind } from '../tls-suites.ts';

/** What a port of today agrees on, then as told. */
export const tlsFact = (changes: Partial<TlsFact> = {}): TlsFact => ({
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  subject: 'CN=x',
  issuer: 'CN=ca',
  san: [],
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2027-01-30T00:00:00.000Z',
  keyType: 'ec',
  keyBits: 256,
  serial: '01',
  fingerprint256: 'AA',
  chainLength: 1,
  ...changes,
});

/** A port that declines every offer but these, which it takes with that suite. */
export const offersFact = (
  accepted: Partial<Readonly<Record<TlsOfferKind, number>>> = {},
  startsWith: TlsOffersFact['startsWith'] = 'postgres',
): TlsOffersFact => ({
  host: '10.0.0.1',
  port: 5432,
  startsWith,
  serverName: null,
  answers: (['broken', 'static', 'curves'] as const).map((offer) => {
    const suite = accepted[offer];
    return { offer, answer: suite === undefined ? { kind: 'alert', alert: 40 } : { kind: 'suite', suite } };
  }),
});

/** A port without TLS. */
export const plainFact: TlsOffersFact = { ...offersFact(), answers: null };
