import { expect, test } from 'vitest';
import { offersFact, plainFact, tlsFact } from '../tls-offers.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerTlsCiphers } from './pgbouncer-tls-ciphers.ts';

test.each([
  ['hardened', 'pass', offersFact()],
  ['weak: RC4', 'fail', offersFact({ broken: 0xc0_11 })],
  ['without forward secrecy', 'warn', offersFact({ static: 0x00_9c })],
  ['no TLS', 'not_applicable', plainFact],
] as const)('%s: %s', (_, outcome, offers) => {
  const facts = { 'pgbouncer.tls-offers': offers, 'pgbouncer.tls': { offered: true, ...tlsFact() } as const };
  expect(pgbouncerTlsCiphers.evaluate(facts, pgbouncerTlsCiphers.params, seenAt).outcome).toBe(outcome);
});
