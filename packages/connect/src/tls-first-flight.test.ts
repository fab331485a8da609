import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readFirstFlight } from './tls-first-flight.ts';

const never = new AbortController().signal;
const hello = Buffer.from('hello');
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** A server that does this with every connection. */
async function serve(answer: (socket: Socket, data: Buffer) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => answer(socket, data));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('what is sent is the hello alone, and the answer ends at eighty bytes', async () => {
  const port = await serve((socket, data) => socket.write(Buffer.concat([data, Buffer.alloc(200, 7)])));
  const answer = await readFirstFlight({ host: '127.0.0.1', port, startsWith: 'tls' }, hello, never);
  expect(answer.length).toBe(80);
  expect(Buffer.from(answer).toString('latin1', 0, 5)).toBe('hello');
});

test('PostgreSQL is asked for TLS first', async () => {
  const seen: number[] = [];
  const port = await serve((socket, data) => {
    seen.push(data.length);
    if (seen.length === 1) socket.write('S');
    else socket.end('no');
  });
  const answer = await readFirstFlight({ host: '127.0.0.1', port, startsWith: 'postgres' }, hello, never);
  expect(Buffer.from(answer).toString()).toBe('no');
  expect(seen).toEqual([8, 5]);
});

test('a server that ends the connection without a word has refused', async () => {
  const port = await serve((socket) => socket.end());
  const answer = await readFirstFlight({ host: '127.0.0.1', port, startsWith: 'tls' }, hello, never);
  expect(answer.length).toBe(0);
});

test('PostgreSQL without TLS, a closed port and a silent server are told apart', async () => {
  const plain = await serve((socket) => socket.write('N'));
  const target = { host: '127.0.0.1', port: plain, startsWith: 'postgres' } as const;
  await expect(readFirstFlight(target, hello, never)).rejects.toMatchObject({ code: 'unsupported' });
  const silent = await serve(() => undefined);
  await expect(
    readFirstFlight({ host: '127.0.0.1', port: silent, startsWith: 'tls' }, hello, AbortSignal.timeout(50)),
  ).rejects.toMatchObject({ code: 'timeout' });
  const [gone] = servers.splice(0, 1);
  gone?.close();
  await expect(readFirstFlight(target, hello, never)).rejects.toMatchObject({ code: 'unreachable' });
});
