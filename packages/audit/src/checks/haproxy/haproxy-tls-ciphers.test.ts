import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { offersFact, plainFact, tlsFact } from '../tls-offers.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { haproxyTlsCiphers } from './haproxy-tls-ciphers.ts';

type Offers = FactMap['haproxy.tls-offers'][number]['offers'];
const judge = (stats: Offers, primary: Offers, cipher = 'TLS_AES_256_GCM_SHA384') =>
  haproxyTlsCiphers.evaluate(
    {
      'haproxy.tls-offers': [
        { name: 'stats', offers: stats, problem: null },
        { name: 'pg-test-primary', offers: primary, problem: primary === null ? 'connection refused' : null },
      ],
      'haproxy.service-tls': [
        {
          service: { name: 'pg-test-primary', role: 'primary', host: '10.0.0.1', port: 5433 },
          endpoint: { offered: true, ...tlsFact({ cipher }) },
          problem: null,
        },
      ],
    },
    haproxyTlsCiphers.params,
    seenAt,
  );

test.each<readonly [string, string, Offers, Offers, string | undefined]>([
  ['hardened', 'pass', offersFact({}, 'tls'), offersFact(), undefined],
  ['statistics in clear text, the service hardened', 'pass', plainFact, offersFact(), undefined],
  ['weak: the statistics page takes 3DES', 'fail', offersFact({ broken: 0x00_0a }, 'tls'), offersFact(), undefined],
  ['a service without forward secrecy', 'warn', plainFact, offersFact({ static: 0x00_9c }), undefined],
  ['a service with CBC only', 'warn', plainFact, offersFact(), 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'],
  ['no TLS anywhere', 'not_applicable', plainFact, plainFact, undefined],
  ['a service that does not answer', 'undecided', offersFact({}, 'tls'), null, undefined],
])('%s: %s', (_, outcome, stats, primary, cipher) => {
  expect(judge(stats, primary, cipher).outcome).toBe(outcome);
});
