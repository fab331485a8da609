import { expect, test } from 'vitest';
import { loginFact } from '../login.fixture.ts';
import { haproxyLoginRefused as check } from './haproxy-login-refused.ts';
import { judgeService, testServiceLogins } from './service-logins.fixture.ts';

testServiceLogins(check, 'strangers');

test('it is about who gets in, not about how the password travels', () => {
  expect(judgeService(check, loginFact({}, { proof: 'accepted' })).outcome).toBe('fail');
  expect(judgeService(check, loginFact({ first: 'asked', method: 'sasl' })).outcome).toBe('pass');
});
