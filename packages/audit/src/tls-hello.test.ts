import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { readFirstFlight } from '@pgattest/connect';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientHello, helloCommand, helloLine, parseHelloAnswer } from './tls-hello.ts';
import { suiteName, tlsOffers } from './tls-suites.ts';

let folder = '';
let identity: Pick<TlsOptions, 'key' | 'cert'> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgattest-hello-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-subj', '/CN=x', '-days', '9', '-keyout', key, '-out', cert],
    { stdio: 'ignore' },
  );
  identity = { key: await readFile(key), cert: await readFile(cert) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Lines for each offer, as the probe sees them and as the printed command prints them. */
async function answersOf(options: TlsOptions): Promise<{ readonly probe: string[]; readonly shell: string[] }> {
  const server = createServer(options);
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const lines: { readonly probe: string[]; readonly shell: string[] } = { probe: [], shell: [] };
  try {
    for (const offer of tlsOffers) {
      const hello = clientHello(offer, 'db.test');
      const target = { host: '127.0.0.1', port, startsWith: 'tls' } as const;
      const bytes = await readFirstFlight(target, Uint8Array.from(hello), AbortSignal.timeout(120_000));
      lines.probe.push(helloLine(parseHelloAnswer(bytes)));
      const command = helloCommand(hello, { host: '127.0.0.1', port: String(port), startsWith: 'tls' });
      // The bound is for a reader; a machine that is busy with other tests may need longer.
      const patient = command.replace('timeout 10 ', 'timeout 120 ');
      lines.shell.push((await promisify(execFile)('sh', ['-c', patient])).stdout.trimEnd());
    }
  } finally {
    server.close();
    await once(server, 'close');
  }
  return lines;
}

test.each<readonly [string, TlsOptions, readonly string[]]>([
  ['declines everything: TLS 1.3 alone', { minVersion: 'TLSv1.3' }, ['alert 46', 'alert 46', 'alert 46']],
  [
    'declines everything: ECDHE with GCM',
    { ciphers: 'ECDHE+AESGCM', maxVersion: 'TLSv1.2' },
    ['alert 28', 'alert 28', 'alert 28'],
  ],
  [
    'takes RSA key transport',
    { ciphers: 'AES256-GCM-SHA384', maxVersion: 'TLSv1.2' },
    ['alert 28', 'suite 009d', 'alert 28'],
  ],
  [
    'takes what authenticates nobody',
    { ciphers: 'AECDH-AES256-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' },
    ['suite c019', 'alert 28', 'alert 28'],
  ],
  [
    'takes a curve of 192 bits',
    { ciphers: 'ECDHE+AESGCM:@SECLEVEL=0', ecdhCurve: 'prime192v1', maxVersion: 'TLSv1.2' },
    ['alert 28', 'alert 28', 'suite c030'],
  ],
])('a server that %s is seen, and the printed command prints the same', async (_, options, lines) => {
  const seen = await answersOf({ ...identity, ...options });
  expect(seen.probe).toEqual(lines);
  expect(seen.shell).toEqual(lines);
});

const helloOf = (session: readonly number[]): Uint8Array =>
  Uint8Array.from([22, 3, 3, 0, 80, 2, 0, 0, 76, 3, 3, ...Array.from({ length: 32 }, () => 9), ...session, 0xc0, 0x11]);

test('answers are read to the suite, with and without a session', () => {
  expect(helloLine(parseHelloAnswer(helloOf([0])))).toBe('suite c011');
  expect(helloLine(parseHelloAnswer(helloOf([32, ...Array.from({ length: 32 }, () => 1)])))).toBe('suite c011');
  expect(helloLine(parseHelloAnswer(Uint8Array.from([])))).toBe('closed');
  expect(helloLine(parseHelloAnswer(Uint8Array.from([21, 3, 3, 0, 2, 2, 40])))).toBe('alert 28');
  expect(helloLine(parseHelloAnswer(Buffer.from('HTTP/1.1 400 Bad Request')))).toBe('other');
  expect(helloLine(parseHelloAnswer(Uint8Array.from([22, 3, 3])))).toBe('other');
});

test('a suite that was not offered is named by its number', () => {
  expect(suiteName(0x00_0a)).toBe('TLS_RSA_WITH_3DES_EDE_CBC_SHA');
  expect(suiteName(0x13_02)).toBe('0x1302');
});
