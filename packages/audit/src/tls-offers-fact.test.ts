import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { meetWithPostgresOffers } from './tls-offers-fact.ts';

const signal = AbortSignal.timeout(30_000);

test('a Unix socket has no TLS, and is not asked', async () => {
  const asked = meetWithPostgresOffers({ host: '/run/postgresql', port: 5432 }, signal);
  await expect(asked).rejects.toMatchObject({
    code: 'unsupported',
    message: '/run/postgresql is a Unix socket, which has no TLS',
  });
});

test('a server that declines TLS has no answers', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('N'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const fact = await meetWithPostgresOffers({ host: '127.0.0.1', port }, signal);
    expect(fact).toEqual({ host: '127.0.0.1', port, startsWith: 'postgres', serverName: null, answers: null });
  } finally {
    server.close();
  }
});
