import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgAuthenticationTimeout } from './pg-authentication-timeout.ts';

test.each([
  ['60', 'pass'],
  ['1', 'pass'],
  ['61', 'warn'],
  ['180', 'warn'],
  ['181', 'fail'],
  ['0', 'fail'],
])('%s s: %s', (value, outcome) => {
  const facts = { 'pg.settings': settingsFact({ authentication_timeout: value }) };
  expect(pgAuthenticationTimeout.evaluate(facts, pgAuthenticationTimeout.params, seenAt).outcome).toBe(outcome);
});

test('a value the server hides settles nothing', () => {
  const facts = { 'pg.settings': settingsFact({}) };
  expect(pgAuthenticationTimeout.evaluate(facts, pgAuthenticationTimeout.params, seenAt).outcome).toBe('undecided');
});
