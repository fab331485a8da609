import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { channelBinding } from './channel-binding.ts';

const openssl = (...words: readonly string[]): string =>
  execFileSync('openssl', ['req', '-x509', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=server', ...words], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
/** A socket whose server has shown this certificate. */
const showing = (pem: string): TLSSocket =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of it is looked at
  ({ getPeerX509Certificate: () => new X509Certificate(pem) }) as unknown as TLSSocket;
const plus = 'SCRAM-SHA-256-PLUS';
const bound = 'p=tls-server-end-point,,n=*,r=abc';
const elliptic = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const text = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString('latin1');

test.each([
  ['there is no TLS', 'n,,n=*,r=abc', 'n,,'],
  ['the server offers no binding', 'y,,n=*,r=abc', 'y,,'],
])('%s: the header alone', (_, first, header) => {
  expect(text(channelBinding('SCRAM-SHA-256', first, undefined))).toBe(header);
});

// RFC 5929 section 4.1.
test.each([
  ['-sha1', 'sha256'],
  ['-sha224', 'sha224'],
  ['-sha256', 'sha256'],
  ['-sha384', 'sha384'],
  ['-sha512', 'sha512'],
])('a certificate signed with %s is hashed with %s', (signed, hash) => {
  for (const kind of [elliptic, ['-newkey', 'rsa:2048']]) {
    const pem = openssl(...kind, signed);
    const digest = createHash(hash).update(new X509Certificate(pem).raw).digest().toString('latin1');
    expect(text(channelBinding(plus, bound, showing(pem)))).toBe(`p=tls-server-end-point,,${digest}`);
  }
});

test.each([
  ['SCRAM-SHA-256-PLUS without TLS', plus, bound],
  ['SCRAM-SHA-256-PLUS that binds to nothing', plus, 'n,,n=*,r=abc'],
  ['SCRAM-SHA-256 that binds', 'SCRAM-SHA-256', bound],
  ['another mechanism', 'OAUTHBEARER', 'n,,'],
])('%s is left to the client library', (_, mechanism, first) => {
  expect(channelBinding(mechanism, first, undefined)).toBeUndefined();
});
