import { createAuthority } from '@pgattest/lab';
import { expect, test } from 'vitest';
import { createTlsContexts, type TlsMaterial } from './tls-contexts.ts';

const minVersion = 'TLSv1.2' as const;
const pem = (name: string): Buffer => Buffer.from(createAuthority(name, new Date()).certificate);
const [one, another] = [pem('one'), pem('another')];
const { certificate, key } = createAuthority('server', new Date()).issue('server', ['localhost']);

test('the same bytes give the same context, whoever has read them', () => {
  const contexts = createTlsContexts();
  expect(contexts.contextOf({ ca: Buffer.from(one), minVersion })).toBe(contexts.contextOf({ ca: one, minVersion }));
});

test.each<[string, TlsMaterial]>([
  ['another authority', { ca: another, minVersion }],
  ['no authority', { minVersion }],
  ['its certificate as the client certificate', { cert: one, minVersion }],
  ['a client certificate besides', { ca: one, cert: Buffer.from(certificate), key: Buffer.from(key), minVersion }],
  ['a newer protocol', { ca: one, minVersion: 'TLSv1.3' }],
])('%s is another context', (_, material) => {
  const contexts = createTlsContexts();
  expect(contexts.contextOf(material)).not.toBe(contexts.contextOf({ ca: one, minVersion }));
});

test('only a few are remembered', () => {
  const contexts = createTlsContexts();
  const first = contexts.contextOf({ ca: one, minVersion });
  for (const name of ['a', 'b', 'c']) contexts.contextOf({ ca: pem(name), minVersion });
  expect(contexts.contextOf({ ca: one, minVersion })).toBe(first);
  for (const name of ['d', 'e', 'f', 'g']) contexts.contextOf({ ca: pem(name), minVersion });
  expect(contexts.contextOf({ ca: one, minVersion })).not.toBe(first);
});

test('what is no certificate is told, and not remembered', () => {
  const contexts = createTlsContexts();
  const broken = { cert: Buffer.from('not a certificate'), minVersion };
  expect(() => contexts.contextOf(broken)).toThrow(/PEM/u);
  expect(() => contexts.contextOf(broken)).toThrow(/PEM/u);
});
