import { haproxyPlaintextRefused } from './haproxy-plaintext-refused.ts';
import { testServiceLogins } from './service-logins.fixture.ts';

testServiceLogins(haproxyPlaintextRefused, 'plaintext');
