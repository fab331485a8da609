import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolvePgTarget } from './postgres/dsn.ts';
import { readTlsEndpoint } from './tls.ts';

const never = new AbortController().signal;
let cluster: DemoCluster;

beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

test('the endpoint is described as it is, without logging in and without trusting it', async () => {
  const dsn = `host=127.0.0.1 port=${cluster.primary.port} user=nobody dbname=postgres`;
  const endpoint = await readTlsEndpoint(await resolvePgTarget(dsn, { env: {} }), never);
  const authority = new X509Certificate(await readFile(cluster.caFile));
  expect(endpoint).toMatchObject({ protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', chainLength: 1 });
  expect(endpoint.peer).toMatchObject({ issuer: authority.subject, keyType: 'ec', keyBits: 256 });
  expect(endpoint.peer.san).toContain('IP Address:127.0.0.1');
  expect(endpoint.peer.subject).toContain(cluster.primary.name);
  expect(endpoint.peer.validTo).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
  expect(endpoint.peer.fingerprint256).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
});

test('a Unix socket and a server without TLS are unsupported, which is not a failure to reach them', async () => {
  const socket = await resolvePgTarget(`host=/run user=u`, { env: {} });
  await expect(readTlsEndpoint(socket, never)).rejects.toMatchObject({ code: 'unsupported' });
  const server = createServer((connection) => connection.once('data', () => connection.write('N')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const plain = await resolvePgTarget(`host=127.0.0.1 user=u port=${port ?? ''}`, { env: {} });
    await expect(readTlsEndpoint(plain, never)).rejects.toMatchObject({ code: 'unsupported' });
  } finally {
    server.close();
  }
});

test('a server that says nothing is left at the deadline', async () => {
  const server = createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const target = await resolvePgTarget(`host=127.0.0.1 user=u port=${port ?? ''}`, { env: {} });
    await expect(readTlsEndpoint(target, AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'timeout' });
  } finally {
    server.close();
  }
});
