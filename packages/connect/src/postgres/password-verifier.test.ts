import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { scramIterations, verifierKind, verifierMatches } from './password-verifier.ts';

/** RFC 5802 by the book, for passwords of our choice. */
function scramVerifier(password: string, iterations: number, salt = Buffer.from('0123456789abcdef')): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const key = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}

// Password, salt and iterations of the example of RFC 7677, section 3.
const rfc7677 =
  'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=';

test.each([
  [rfc7677, 'user', 'pencil', true],
  [rfc7677, 'user', 'pen', false],
  [scramVerifier('a b', 4096), 'x', 'a b', true],
  [`md5${createHash('md5').update('secretbob').digest('hex')}`, 'bob', 'secret', true],
  [`md5${createHash('md5').update('secretbob').digest('hex')}`, 'eve', 'secret', false],
  ['plain', 'bob', 'plain', true],
  ['plain', 'bob', 'plain2', false],
  ['', 'bob', 'x', false],
])('%s of %s is that of %j: %s', async (verifier, user, password, expected) => {
  expect(await verifierMatches(verifier, user, password)).toBe(expected);
});

test('what would take minutes, or depends on SASLprep, is not decided', async () => {
  expect(await verifierMatches(scramVerifier('x', 1).replace('$1:', '$900000000:'), 'a', 'x')).toBeUndefined();
  expect(await verifierMatches(rfc7677, 'a', 'pässwort')).toBeUndefined();
});

test.each([
  ['', 'empty'],
  [rfc7677, 'scram-sha-256'],
  ['md5d41d8cd98f00b204e9800998ecf8427e', 'md5'],
  ['md5ish', 'plain'],
  ['SCRAM-SHA-256$4096:broken', 'plain'],
])('%j is %s', (verifier, kind) => {
  expect(verifierKind(verifier)).toBe(kind);
});

test('iterations of a verifier', () => {
  expect(scramIterations(rfc7677)).toBe(4096);
  expect(scramIterations('md5d41d8cd98f00b204e9800998ecf8427e')).toBeUndefined();
});
