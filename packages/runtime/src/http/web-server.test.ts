import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { hash } from 'bcryptjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { urlOf } from './address.ts';
import { startHttpServer, type HttpServer } from './server.ts';

const run = promisify(execFile);
const routes = [
  { method: 'GET', path: '/metrics', handle: () => ({ status: 200, contentType: 'text/plain', body: 'pg_up 1\n' }) },
] as const;

/** Certificates of two authorities, made once. */
let pki = '';
/** Where a test writes its configuration. */
let dir = '';
const servers: HttpServer[] = [];

async function openssl(...args: readonly string[]): Promise<void> {
  await run('openssl', [...args], { cwd: pki });
}

async function issue(name: string, authority: string, usage: string, san: string): Promise<void> {
  await writeFile(join(pki, `${name}.ext`), `subjectAltName=${san}\nextendedKeyUsage=${usage}\n`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl('req', '-new', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  const signer = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`, '-CAcreateserial'];
  await openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...signer,
    '-days',
    '2',
    '-out',
    `${name}.crt`,
    '-extfile',
    `${name}.ext`,
  );
}

beforeAll(async () => {
  pki = await mkdtemp(join(tmpdir(), 'pgattest-pki-'));
  for (const name of ['ca', 'otherca']) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    await openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
    );
  }
  await issue('server', 'ca', 'serverAuth', 'IP:127.0.0.1');
  await issue('server2', 'ca', 'serverAuth', 'IP:127.0.0.1');
  await issue('client', 'ca', 'clientAuth', 'DNS:prometheus.internal');
  await issue('stranger', 'ca', 'clientAuth', 'DNS:stranger.internal');
  await issue('impostor', 'otherca', 'clientAuth', 'DNS:prometheus.internal');
}, 60_000);
afterAll(async () => {
  await rm(pki, { recursive: true });
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pgattest-web-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(dir, { recursive: true });
});

async function start(
  text: string,
): Promise<{ readonly url: string; readonly log: () => string; readonly file: string }> {
  const file = join(dir, 'web.yml');
  await writeFile(file, text);
  const stream = new PassThrough();
  let log = '';
  stream.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const logger = createLogger({ level: 'info', format: 'logfmt', stream });
  const server = await startHttpServer({
    listen: [{ host: '127.0.0.1', port: 0 }],
    routes,
    logger,
    webConfigFile: file,
  });
  servers.push(server);
  const [address] = server.addresses;
  if (address === undefined) throw new Error('no address');
  return { url: urlOf(address, server.isTls), log: () => log, file };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly protocol: string | null;
  readonly cipher: string;
  readonly serial: string;
}

interface ClientOptions {
  readonly client?: string;
  readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2';
  readonly minVersion?: 'TLSv1.1';
  readonly auth?: string;
}

/** A request over TLS that trusts our authority; rejects when the server does not want to talk. */
async function ask(url: string, { client, ...options }: ClientOptions = {}): Promise<Answer> {
  const material =
    client === undefined
      ? {}
      : { cert: await readFile(join(pki, `${client}.crt`)), key: await readFile(join(pki, `${client}.key`)) };
  const ca = await readFile(join(pki, 'ca.crt'));
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/metrics`, { ca, ...material, ...options, agent: false }, (response) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an https request has a TLS socket
      const socket = response.socket as TLSSocket;
      const facts = {
        protocol: socket.getProtocol(),
        cipher: socket.getCipher().name,
        serial: socket.getPeerCertificate().serialNumber,
      };
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, ...facts }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function until<T>(probe: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

const tls = (more = '', name = 'server'): string =>
  `tls_server_config:\n  cert_file: ${pki}/${name}.crt\n  key_file: ${pki}/${name}.key\n${more}`;

describe('TLS', { timeout: 120_000 }, () => {
  test('is spoken, from 1.2 on, and plain HTTP is not', async () => {
    const { url } = await start(tls());
    expect(await ask(url)).toMatchObject({ status: 200, body: 'pg_up 1\n', protocol: 'TLSv1.3' });
    expect((await ask(url, { maxVersion: 'TLSv1.2' })).protocol).toBe('TLSv1.2');
    await expect(ask(url, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })).rejects.toThrow(/./);
    await expect(fetch(`${url.replace('https', 'http')}/metrics`)).rejects.toThrow('fetch failed');
  });

  test('a lower bound keeps older clients out, and an upper one is kept', async () => {
    const lower = await start(tls('  min_version: TLS13\n'));
    await expect(ask(lower.url, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/./);
    const upper = await start(tls('  max_version: TLS12\n'));
    expect((await ask(upper.url)).protocol).toBe('TLSv1.2');
  });

  test('cipher suites are those named', async () => {
    const { url } = await start(tls('  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n'));
    expect((await ask(url, { maxVersion: 'TLSv1.2' })).cipher).toBe('ECDHE-ECDSA-AES256-GCM-SHA384');
    expect((await ask(url)).protocol).toBe('TLSv1.3');
  });

  test('a client certificate is verified, and its name can be demanded', async () => {
    const verify = `  client_ca_file: ${pki}/ca.crt\n  client_auth_type: RequireAndVerifyClientCert\n`;
    const any = await start(tls(verify));
    expect((await ask(any.url, { client: 'client' })).status).toBe(200);
    expect((await ask(any.url, { client: 'stranger' })).status).toBe(200);
    await expect(ask(any.url, { client: 'impostor' })).rejects.toThrow(/./);
    await expect(ask(any.url)).rejects.toThrow(/./);
    const named = await start(tls(`${verify}  client_allowed_sans: [prometheus.internal]\n`));
    expect((await ask(named.url, { client: 'client' })).status).toBe(200);
    await expect(ask(named.url, { client: 'stranger' })).rejects.toThrow(/./);
  });

  test('weaker demands on the client are kept as well', async () => {
    const anyone = await start(tls('  client_auth_type: RequireAnyClientCert\n'));
    expect((await ask(anyone.url, { client: 'impostor' })).status).toBe(200);
    await expect(ask(anyone.url)).rejects.toThrow(/./);
    const given = await start(tls(`  client_ca_file: ${pki}/ca.crt\n  client_auth_type: VerifyClientCertIfGiven\n`));
    expect((await ask(given.url)).status).toBe(200);
    expect((await ask(given.url, { client: 'client' })).status).toBe(200);
    await expect(ask(given.url, { client: 'impostor' })).rejects.toThrow(/./);
  });

  test('a certificate that is replaced on disk is served without a restart, half a replacement is not', async () => {
    for (const kind of ['crt', 'key'])
      await writeFile(join(dir, `s.${kind}`), await readFile(join(pki, `server.${kind}`)));
    const { url, log } = await start('tls_server_config:\n  cert_file: s.crt\n  key_file: s.key\n');
    const before = await ask(url);
    await writeFile(join(dir, 's.crt'), await readFile(join(pki, 'server2.crt')));
    expect(await until(async () => (log().includes('unusable') ? true : undefined))).toBe(true);
    expect((await ask(url)).serial).toBe(before.serial);
    await writeFile(join(dir, 's.key'), await readFile(join(pki, 'server2.key')));
    const rotated = await until(async () => ((await ask(url)).serial === before.serial ? undefined : true));
    expect(rotated).toBe(true);
    expect(log()).not.toContain('PRIVATE KEY');
  });

  test('client authentication that is switched on holds for the next connection', async () => {
    const { url, file } = await start(tls());
    expect((await ask(url)).status).toBe(200);
    await writeFile(file, tls(`  client_ca_file: ${pki}/ca.crt\n  client_auth_type: RequireAndVerifyClientCert\n`));
    const refused = await until(() =>
      ask(url).then(
        () => undefined,
        () => true,
      ),
    );
    expect(refused).toBe(true);
    expect((await ask(url, { client: 'client' })).status).toBe(200);
  });

  test.each<[string, () => string, string]>([
    ['a missing certificate', () => 'tls_server_config: {cert_file: gone.crt, key_file: gone.key}', 'gone.crt'],
    [
      'the key of another certificate',
      () => `tls_server_config: {cert_file: ${pki}/server.crt, key_file: ${pki}/client.key}`,
      'is the key the certificate',
    ],
    ['an unknown key', () => 'tls_server: {}', 'web.yml:1:1'],
  ])('%s is a reason not to start', async (_what, text, message) => {
    await expect(start(text())).rejects.toThrow(message);
  });
});

const basic = (user: string, password: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
});

const users = async (password: string): Promise<string> =>
  `basic_auth_users:\n  prometheus: ${await hash(password, 4)}\n`;

describe('passwords, headers and the rate limit', { timeout: 120_000 }, () => {
  test('protect every path, also unknown ones, and follow the file', async () => {
    const { url, file, log } = await start(await users('one'));
    const none = await fetch(`${url}/metrics`);
    expect([none.status, none.headers.get('www-authenticate'), await none.text()]).toEqual([
      401,
      'Basic',
      'unauthorized\n',
    ]);
    expect((await fetch(`${url}/nothing`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, basic('prometheus', 'one'))).status).toBe(200);
    expect((await fetch(`${url}/nothing`, basic('prometheus', 'one'))).status).toBe(404);
    expect((await fetch(`${url}/metrics`, basic('prometheus', 'two'))).status).toBe(401);
    expect((await fetch(`${url}/metrics`, basic('nobody', 'one'))).status).toBe(401);

    await writeFile(file, await users('second'));
    expect((await fetch(`${url}/metrics`, basic('prometheus', 'one'))).status).toBe(401);
    expect((await fetch(`${url}/metrics`, basic('prometheus', 'second'))).status).toBe(200);

    await writeFile(file, 'basic_auth_users: [');
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, basic('prometheus', 'second'))).status).toBe(200);
    expect(log().match(/unusable/g)).toHaveLength(1);
  });

  test('headers are on every answer', async () => {
    const { url } = await start('http_server_config:\n  headers:\n    X-Frame-Options: deny\n');
    for (const path of ['/metrics', '/nothing']) {
      expect((await fetch(url + path)).headers.get('x-frame-options')).toBe('deny');
    }
  });

  test('beyond the burst requests are refused with 429', async () => {
    const { url } = await start('rate_limit: {interval: 1h, burst: 2}');
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await fetch(`${url}/metrics`)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});
