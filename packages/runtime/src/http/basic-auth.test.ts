import { hash } from 'bcryptjs';
import { expect, test } from 'vitest';
import { createBasicAuth } from './basic-auth.ts';

const header = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test('a user gets in with the right password and nobody else does', async () => {
  const users = new Map([['prometheus', await hash('pass:word', 4)]]);
  const { verify } = createBasicAuth();
  const answers = await Promise.all(
    [
      header('prometheus', 'pass:word'),
      header('prometheus', 'pass:word').replace('Basic', 'basic'),
      header('prometheus', 'wrong'),
      header('nobody', 'pass:word'),
      undefined,
      'Basic',
      'Bearer x',
      'Basic %%%',
    ].map((given) => verify(given, users)),
  );
  expect(answers).toEqual([true, true, false, false, false, false, false, false]);
});

test('a changed hash counts at once, although the old password is remembered', async () => {
  const { verify } = createBasicAuth();
  const old = new Map([['prometheus', await hash('old', 4)]]);
  const next = new Map([['prometheus', await hash('new', 4)]]);
  expect(await verify(header('prometheus', 'old'), old)).toBe(true);
  expect(await verify(header('prometheus', 'old'), next)).toBe(false);
  expect(await verify(header('prometheus', 'new'), next)).toBe(true);
});

test('a password that only begins with the right 72 bytes is wrong', async () => {
  const users = new Map([['a', await hash('x'.repeat(72), 4)]]);
  const { verify } = createBasicAuth();
  expect(await verify(header('a', 'x'.repeat(72)), users)).toBe(true);
  expect(await verify(header('a', 'x'.repeat(73)), users)).toBe(false);
});
