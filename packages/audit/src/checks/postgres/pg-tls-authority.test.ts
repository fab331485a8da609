import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { hbaFact } from '../hba.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgTlsAuthority } from './pg-tls-authority.ts';

type Endpoint = FactMap['pg.tls-endpoint'];
const year: Endpoint = {
  offered: true,
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  subject: 'CN=pg-test-1',
  issuer: 'CN=test-ca',
  san: ['DNS:pg-test-1'],
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2027-11-01T00:00:00.000Z',
  keyType: 'rsa',
  keyBits: 2048,
  serial: '01',
  fingerprint256: 'AA:BB',
  chainLength: 1,
};
const password = 'hostssl all all 10.0.0.0/8 scram-sha-256';
const certificate = 'hostssl all all 10.0.0.0/8 cert';
const both = 'hostssl all all 10.0.0.0/8 scram-sha-256 clientcert=verify-full';
const judge = (settings: Readonly<Record<string, string>>, rule: string, endpoint: Endpoint = year) =>
  pgTlsAuthority.evaluate(
    {
      'pg.settings': settingsFact({ ssl: 'on', ssl_ca_file: '', ssl_crl_file: '', ssl_crl_dir: '', ...settings }),
      'pg.hba': hbaFact(password, rule),
      'pg.tls-endpoint': endpoint,
    },
    pgTlsAuthority.params,
    seenAt,
  );

test.each<readonly [string, string, Readonly<Record<string, string>>, string, Endpoint]>([
  ['hardened: authority and list', 'pass', { ssl_ca_file: 'ca.crt', ssl_crl_file: 'ca.crl' }, certificate, year],
  ['a folder of lists', 'pass', { ssl_ca_file: 'ca.crt', ssl_crl_dir: 'crl' }, both, year],
  ['no rule asks for a certificate', 'pass', {}, password, year],
  [
    'certificates of a month need no list',
    'pass',
    { ssl_ca_file: 'ca.crt' },
    both,
    { ...year, validTo: '2026-12-01T00:00:00.000Z' },
  ],
  ['weak: certificates without an authority', 'fail', {}, certificate, year],
  ['long-lived certificates that nobody can revoke', 'warn', { ssl_ca_file: 'ca.crt' }, both, year],
  ['a certificate that vouches for itself', 'warn', {}, password, { ...year, issuer: 'CN=pg-test-1' }],
  ['TLS off', 'not_applicable', { ssl: 'off' }, certificate, { offered: false }],
  ['a proxy without TLS in between', 'undecided', {}, certificate, { offered: false }],
])('%s: %s', (_, outcome, settings, rule, endpoint) => {
  expect(judge(settings, rule, endpoint).outcome).toBe(outcome);
});

test('versions before 14 have no folder of lists', () => {
  const verdict = pgTlsAuthority.evaluate(
    {
      'pg.settings': settingsFact({ ssl: 'on', ssl_ca_file: 'ca.crt', ssl_crl_file: 'ca.crl' }),
      'pg.hba': hbaFact(certificate),
      'pg.tls-endpoint': year,
    },
    pgTlsAuthority.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'ssl_ca_file=ca.crt',
    'ssl_crl_file=ca.crl',
    'rules that ask for a client certificate=1',
    'subject and issuer of the certificate=different',
  ]);
});
