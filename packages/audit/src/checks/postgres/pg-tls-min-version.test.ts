import { expect, test } from 'vitest';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgTlsMinVersion } from './pg-tls-min-version.ts';

test.each([
  ['hardened', 'pass', { ssl: 'on', ssl_min_protocol_version: 'TLSv1.2' }],
  ['stricter than asked', 'pass', { ssl: 'on', ssl_min_protocol_version: 'TLSv1.3' }],
  [
    'TLS 1.0 allowed, the default of version 12',
    'fail',
    { ssl: 'on', ssl_min_protocol_version: 'TLSv1', server_version_num: '120022' },
  ],
  ['no lower bound', 'fail', { ssl: 'on', ssl_min_protocol_version: '' }],
  ['a word we do not know', 'fail', { ssl: 'on', ssl_min_protocol_version: 'TLSv2' }],
  ['version 11, which has no such setting', 'fail', { ssl: 'on', server_version_num: '110022' }],
  ['no TLS at all', 'not_applicable', { ssl: 'off', ssl_min_protocol_version: 'TLSv1.2' }],
  ['a hidden setting', 'undecided', { ssl: 'on' }],
] as const)('%s: %s', (_, outcome, values) => {
  const verdict = pgTlsMinVersion.evaluate({ 'pg.settings': settingsFact(values) }, { minimum: 'TLSv1.2' }, seenAt);
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});

test('an organisation may ask for TLS 1.3', () => {
  const settings = settingsFact({ ssl: 'on', ssl_min_protocol_version: 'TLSv1.2' });
  expect(pgTlsMinVersion.evaluate({ 'pg.settings': settings }, { minimum: 'TLSv1.3' }, seenAt).outcome).toBe('fail');
});
