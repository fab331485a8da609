import { expect, test } from 'vitest';
import { answerScram, createScramKeys } from './scram-keys.ts';

const login = {
  password: 'pencil',
  clientNonce: 'rOprNGfwEbeRWgbNEkqO',
  binding: () => 'biws',
  mostIterations: 100_000,
  serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
};

test('the keys are those of the example in RFC 7677', async () => {
  const { clientKey, serverKey } = await createScramKeys().keysOf('pencil', 'W22ZaJ0SNY7soEsUEjb6gQ==', 4096);
  // The example's user name is part of its messages, and PostgreSQL's is not: its keys are the same all the same.
  const message =
    'n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
  const { createHash, createHmac } = await import('node:crypto');
  const storedKey = createHash('sha256').update(clientKey).digest();
  const signature = createHmac('sha256', storedKey).update(message).digest();
  const proof = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] ?? 0)));
  expect(proof.toString('base64')).toBe('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=');
  expect(createHmac('sha256', serverKey).update(message).digest('base64')).toBe(
    '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  );
});

test('the answer carries the nonce of both and a proof', async () => {
  const answer = await answerScram(createScramKeys(), login);
  expect(answer?.response).toMatch(
    /^c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj\)hNlF\$k0,p=[A-Za-z0-9+/]{43}=$/,
  );
});

test('only the keys of a few passwords are remembered', async () => {
  const keys = createScramKeys();
  const salt = 'W22ZaJ0SNY7soEsUEjb6gQ==';
  const first = await keys.keysOf('a', salt, 1);
  expect(await keys.keysOf('a', salt, 1)).toBe(first);
  for (const password of ['b', 'c', 'd', 'e']) await keys.keysOf(password, salt, 1);
  expect(await keys.keysOf('a', salt, 1)).not.toBe(first);
  expect(await keys.keysOf('a', salt, 1)).toEqual(first);
});

test.each([
  ['another salt', 'a', 'AAAA', 1],
  ['more iterations', 'a', 'W22ZaJ0SNY7soEsUEjb6gQ==', 2],
  ['another password', 'b', 'W22ZaJ0SNY7soEsUEjb6gQ==', 1],
])('%s has other keys', async (_, password, salt, iterations) => {
  const keys = createScramKeys();
  const known = await keys.keysOf('a', 'W22ZaJ0SNY7soEsUEjb6gQ==', 1);
  expect(await keys.keysOf(password, salt, iterations)).not.toEqual(known);
});

test.each([
  ['a nonce of somebody else', { serverFirst: 'r=xyz123,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096' }],
  ['a nonce without a part of the server', { serverFirst: 'r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1' }],
  ['an extension', { serverFirst: `m=x,${login.serverFirst}` }],
  ['a text behind', { serverFirst: `${login.serverFirst},x=y` }],
  ['no iterations', { serverFirst: login.serverFirst.replace('4096', '0') }],
  ['too many iterations', { mostIterations: 4095 }],
  ['a password beyond ASCII', { password: 'pencíl' }],
  ['an empty password', { password: '' }],
  ['a channel of which nothing can be said', { binding: () => undefined }],
])('%s is left to the client library', async (_, change) => {
  expect(await answerScram(createScramKeys(), { ...login, ...change })).toBeUndefined();
});
