import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { offersFact, plainFact, tlsFact } from '../tls-offers.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { pgTlsCiphers } from './pg-tls-ciphers.ts';

type Offers = FactMap['pg.tls-offers'];
const judge = (offers: Offers, cipher = 'TLS_AES_256_GCM_SHA384') =>
  pgTlsCiphers.evaluate(
    { 'pg.tls-offers': offers, 'pg.tls-endpoint': { offered: true, ...tlsFact({ cipher }) } },
    pgTlsCiphers.params,
    seenAt,
  );

test.each<readonly [string, string, Offers, string | undefined]>([
  ['hardened', 'pass', offersFact(), undefined],
  ['weak: 3DES', 'fail', offersFact({ broken: 0x00_0a }), undefined],
  ['weak: a curve of 163 bits', 'fail', offersFact({ curves: 0xc0_2f }), undefined],
  ['without forward secrecy, as PostgreSQL comes', 'warn', offersFact({ static: 0x00_9d }), undefined],
  ['nothing better than CBC', 'warn', offersFact(), 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'],
  ['no TLS', 'not_applicable', plainFact, undefined],
  [
    'an answer that is no TLS',
    'undecided',
    { ...offersFact(), answers: [{ offer: 'broken', answer: { kind: 'other' } }] },
    undefined,
  ],
])('%s: %s', (_, outcome, offers, cipher) => {
  expect(judge(offers, cipher).outcome).toBe(outcome);
});

test('reason and evidence name the suite', () => {
  const verdict = judge(offersFact({ broken: 0x00_0a }));
  expect(verdict.reason.en).toBe('PostgreSQL accepts TLS_RSA_WITH_3DES_EDE_CBC_SHA');
  expect(evidenceLines(verdict)).toEqual([
    'answer of 10.0.0.1:5432 to the offer “broken”=suite 000a',
    'answer of 10.0.0.1:5432 to the offer “static”=alert 28',
    'answer of 10.0.0.1:5432 to the offer “curves”=alert 28',
  ]);
});
