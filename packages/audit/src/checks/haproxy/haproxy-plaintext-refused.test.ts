import { expect, test } from 'vitest';
import { loginFact } from '../login.fixture.ts';
import { haproxyPlaintextRefused as check } from './haproxy-plaintext-refused.ts';
import { judgeService, testServiceLogins } from './service-logins.fixture.ts';

testServiceLogins(check, 'plaintext');

test('it is about how the password travels, not about who gets in', () => {
  expect(judgeService(check, loginFact({}, { proof: 'accepted' })).outcome).toBe('pass');
  expect(judgeService(check, loginFact({ first: 'asked', method: 'sasl' })).outcome).toBe('fail');
});
