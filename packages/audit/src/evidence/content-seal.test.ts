import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSignedBy, sealContent } from './content-seal.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

test('a seal is the same for the same content, whatever the order of its members', () => {
  expect(sealContent({ a: 1, b: [2] }, undefined)).toEqual(sealContent({ b: [2], a: 1 }, undefined));
  expect(sealContent({ a: 1 }, undefined).signature).toBeUndefined();
});

test('a signature belongs to its content and its key', () => {
  const { signature } = sealContent({ a: 1 }, privateKey);
  if (signature === undefined) throw new Error('not signed');
  expect(isSignedBy({ a: 1 }, signature, publicKey)).toBe(true);
  expect(isSignedBy({ a: 2 }, signature, publicKey)).toBe(false);
  expect(isSignedBy({ a: 1 }, signature, generateKeyPairSync('ed25519').publicKey)).toBe(false);
});
