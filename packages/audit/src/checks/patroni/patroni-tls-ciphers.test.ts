import { expect, test } from 'vitest';
import { offersFact, plainFact, tlsFact } from '../tls-offers.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { patroniTlsCiphers } from './patroni-tls-ciphers.ts';

test.each([
  ['hardened', 'pass', offersFact()],
  ['weak: RC4', 'fail', offersFact({ broken: 0xc0_11 })],
  ['without forward secrecy', 'warn', offersFact({ static: 0x00_9c })],
  ['no TLS', 'not_applicable', plainFact],
] as const)('%s: %s', (_, outcome, offers) => {
  const facts = {
    'patroni.tls-offers': offers,
    'patroni.tls': { url: 'https://10.0.0.1', scheme: 'https', tls: tlsFact(), answered: true } as const,
  };
  expect(patroniTlsCiphers.evaluate(facts, patroniTlsCiphers.params, seenAt).outcome).toBe(outcome);
});
