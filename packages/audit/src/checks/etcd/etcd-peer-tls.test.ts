import { expect, test } from 'vitest';
import { strangerFact } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { etcdPeerTls } from './etcd-peer-tls.ts';

test.each([
  ['hardened', 'pass', [strangerFact()]],
  ['encrypted, but open to everybody', 'fail', [strangerFact({ answered: true })]],
  [
    'weak: one of two ports is plain',
    'fail',
    [strangerFact(), strangerFact({ scheme: 'http', tls: null, answered: true })],
  ],
] as const)('%s: %s', (_, outcome, ports) => {
  expect(etcdPeerTls.evaluate({ 'etcd.peer-tls': ports }, {}, seenAt).outcome).toBe(outcome);
});
