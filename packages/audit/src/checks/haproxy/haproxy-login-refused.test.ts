import { haproxyLoginRefused } from './haproxy-login-refused.ts';
import { testServiceLogins } from './service-logins.fixture.ts';

testServiceLogins(haproxyLoginRefused, 'strangers');
