import { expect, test } from 'vitest';
import { handshakeRules, isWelcome } from './client-certificate.ts';
import type { ClientAuthType } from './web-config-schema.ts';

const none = { isVerified: false, certificate: undefined };
const selfSigned = { isVerified: false, certificate: { subjectaltname: 'DNS:a' } };
const verified = {
  isVerified: true,
  certificate: { subjectaltname: 'DNS:a.example, IP Address:10.0.0.1, email:x@y.z, URI:spiffe://z/q, DNS:"a, b"' },
};

test.each<[ClientAuthType, boolean, boolean, boolean]>([
  ['NoClientCert', true, true, true],
  ['RequestClientCert', true, true, true],
  ['RequireAnyClientCert', false, true, true],
  ['RequireClientCert', false, true, true],
  ['VerifyClientCertIfGiven', true, false, true],
  ['RequireAndVerifyClientCert', false, false, true],
])('%s: no certificate %s, self-signed %s, verified %s', (type, ...answers) => {
  expect([none, selfSigned, verified].map((facts) => isWelcome(facts, type, []))).toEqual(answers);
  expect(handshakeRules(type).rejectUnauthorized).toBe(type === 'RequireAndVerifyClientCert');
});

test.each([
  ['a.example', true],
  ['10.0.0.1', true],
  ['x@y.z', true],
  ['spiffe://z/q', true],
  ['a, b', true],
  ['a', false],
  ['A.EXAMPLE', false],
])('the name %s: %s', (name, answer) => {
  expect(isWelcome(verified, 'RequireAndVerifyClientCert', ['other', name])).toBe(answer);
});
