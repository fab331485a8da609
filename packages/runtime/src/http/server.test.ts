import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { urlOf, type ListenAddress } from './address.ts';
import type { Route } from './route.ts';
import { startHttpServer, type HttpServer, type HttpServerOptions } from './server.ts';

const loopback: ListenAddress = { host: '127.0.0.1', port: 0 };
const ok = { status: 200, contentType: 'text/plain; charset=utf-8' };
const servers: HttpServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(routes: readonly Route[], options: Partial<HttpServerOptions> = {}): Promise<string> {
  const logger = createLogger({ level: 'error', format: 'logfmt', stream: new PassThrough() });
  const server = await startHttpServer({ listen: [loopback], routes, logger, ...options });
  servers.push(server);
  const [address] = server.addresses;
  if (address === undefined) throw new Error('no address');
  return urlOf(address);
}

async function openSocket(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

const hexEnd = (port: number): string => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;

/** Whether the server's end of a connection on 127.0.0.1 is open, as Linux tells it; a client that does not read cannot see that. */
function isConnected(serverPort: number, clientPort: number): boolean {
  return readFileSync('/proc/net/tcp', 'utf8').includes(` ${hexEnd(serverPort)} ${hexEnd(clientPort)} 01 `);
}

async function firstAnswer(socket: Socket): Promise<string> {
  const values: readonly unknown[] = await once(socket, 'data');
  return String(values[0]);
}

describe('routes', () => {
  test('a route sees path, query and headers, and answers with what it returns', async () => {
    const url = await start([
      {
        method: 'GET',
        path: '/probe',
        handle: ({ path, query, headers }) => ({
          ...ok,
          status: 201,
          body: `${path} ${query.get('target') ?? ''} ${headers['x-a'] ?? ''}`,
          headers: { 'x-b': 'c' },
        }),
      },
    ]);
    const response = await fetch(`${url}/probe?target=a%2Fb`, { headers: { 'X-A': 'd' } });
    expect([response.status, response.headers.get('x-b'), await response.text()]).toEqual([201, 'c', '/probe a/b d']);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  test('an unknown path is 404 and names what there is', async () => {
    const url = await start([{ method: 'GET', path: '/metrics', handle: () => ({ ...ok, body: '' }) }]);
    const response = await fetch(`${url}/metric`);
    expect([response.status, await response.text()]).toEqual([404, 'not found; there are /metrics\n']);
  });

  test('a known path with another method is 405', async () => {
    const url = await start([{ method: 'GET', path: '/metrics', handle: () => ({ ...ok, body: '' }) }]);
    const response = await fetch(`${url}/metrics`, { method: 'POST', body: 'x' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('HEAD gives the head of GET', async () => {
    const url = await start([{ method: 'GET', path: '/metrics', handle: () => ({ ...ok, body: 'abc' }) }]);
    const response = await fetch(`${url}/metrics`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '3', '']);
  });

  test('POST is answered whatever its body is', async () => {
    const url = await start([{ method: 'POST', path: '/reload', handle: () => ({ ...ok, body: 'reloaded' }) }]);
    for (const init of [
      {},
      { body: '{', headers: { 'content-type': 'application/json' } },
      { body: new URLSearchParams('a=b') },
    ]) {
      expect(await (await fetch(`${url}/reload`, { method: 'POST', ...init })).text()).toBe('reloaded');
    }
    expect((await fetch(`${url}/reload`, { method: 'POST', body: 'x'.repeat(20_000) })).status).toBe(413);
  });

  test('a handler that throws is 500 with constant text and an event in the log', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    const logger = createLogger({ level: 'error', format: 'logfmt', stream });
    const failing: Route = {
      method: 'GET',
      path: '/',
      handle: () => {
        throw new Error('the inner reason');
      },
    };
    const response = await fetch(await start([failing], { logger }));
    expect([response.status, await response.text()]).toEqual([500, 'internal error; see the log\n']);
    expect(stream.read()).toContain(
      'message="request failed" path=/ error.name=Error error.message="the inner reason"',
    );
  });

  test('a long answer is compressed for those who take it', async () => {
    const body = 'pg_up 1\n'.repeat(2000);
    const url = await start([{ method: 'GET', path: '/', handle: () => ({ ...ok, body }) }]);
    const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', body]);
    const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, body]);
  });
});

describe('listening', () => {
  test('several addresses serve the same routes', async () => {
    const logger = createLogger({ level: 'error', format: 'json', stream: new PassThrough() });
    const route: Route = { method: 'GET', path: '/', handle: () => ({ ...ok, body: 'x' }) };
    const server = await startHttpServer({ listen: [loopback, { host: '', port: 0 }], routes: [route], logger });
    servers.push(server);
    expect(new Set(server.addresses.map(({ port }) => port)).size).toBe(2);
    for (const address of server.addresses) expect(await (await fetch(urlOf(address))).text()).toBe('x');
  });

  test('a taken port is address_in_use, or the next one with portFallback', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const bound = taken.address();
    const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
    try {
      await expect(start([], { listen: [{ host: '127.0.0.1', port }] })).rejects.toMatchObject({
        code: 'address_in_use',
        message: `cannot listen on 127.0.0.1:${port}: another program uses it`,
      });
      const url = await start([], { listen: [{ host: '127.0.0.1', port }], portFallback: 20 });
      expect(Number(new URL(url).port)).toBeGreaterThan(port);
    } finally {
      taken.close();
    }
  });

  test('when one address fails none is left listening', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const bound = probe.address();
    const port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
    probe.close();
    await once(probe, 'close');
    const listen = [
      { host: '127.0.0.1', port },
      { host: '192.0.2.1', port: 0 },
    ];
    await expect(start([], { listen })).rejects.toMatchObject({ code: 'listen_failed' });
    const again = createServer().listen(port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });
});

describe('clients that misbehave', () => {
  test('one that never reads blocks nobody and is cut off', async () => {
    const body = 'x'.repeat(20_000_000);
    const routes: readonly Route[] = [
      { method: 'GET', path: '/big', handle: () => ({ ...ok, body }) },
      { method: 'GET', path: '/small', handle: () => ({ ...ok, body: 'small' }) },
    ];
    const url = await start(routes, { requestTimeoutMs: 15_000 });
    const stuck = await openSocket(url);
    stuck.pause();
    stuck.write('GET /big HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await (await fetch(`${url}/small`)).text()).toBe('small');
    const ports = [Number(new URL(url).port), stuck.localPort ?? 0] as const;
    while (isConnected(...ports)) await new Promise((resolve) => setTimeout(resolve, 50));
    // Reading again shows that the server has hung up before the end of the body.
    let received = 0;
    stuck.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    stuck.resume();
    await once(stuck, 'close');
    expect(received).toBeLessThan(body.length);
  });

  test('one that goes away aborts the signal of its request', async () => {
    let aborted: ((value: string) => void) | undefined;
    const seen = new Promise<string>((resolve) => {
      aborted = resolve;
    });
    let entered: (() => void) | undefined;
    const running = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const url = await start([
      {
        method: 'GET',
        path: '/',
        handle: async ({ signal }) => {
          entered?.();
          await once(signal, 'abort');
          aborted?.('gone');
          return { ...ok, body: '' };
        },
      },
    ]);
    const socket = await openSocket(url);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await running;
    socket.destroy();
    expect(await seen).toBe('gone');
  });

  test('one that sends its request too slowly gets 408', async () => {
    const url = await start([], { requestTimeoutMs: 100 });
    const socket = await openSocket(url);
    socket.write('GET / HTTP/1.1\r\n');
    expect(await firstAnswer(socket)).toContain('408 Request Timeout');
    socket.destroy();
  });

  test('one with enormous headers gets 431', async () => {
    const url = await start([]);
    const socket = await openSocket(url);
    socket.write(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(await firstAnswer(socket)).toContain('431');
    socket.destroy();
  });
});

test('a connection kept alive for many requests gathers no listeners', async () => {
  const warnings: Error[] = [];
  const remember = (warning: Error): void => {
    warnings.push(warning);
  };
  process.on('warning', remember);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  try {
    const url = await start([{ method: 'GET', path: '/', handle: () => ({ ...ok, body: 'x' }) }]);
    for (let index = 0; index < 30; index += 1) {
      const request = httpRequest(url, { agent }, (response) => response.resume()).end();
      await once(request, 'close');
      sockets.add(request.socket);
    }
    expect([sockets.size, warnings]).toEqual([1, []]);
  } finally {
    process.off('warning', remember);
    agent.destroy();
  }
});

describe('closing', () => {
  test('ends idle keep-alive connections and lets a running request finish', async () => {
    let finish: (() => void) | undefined;
    let entered: (() => void) | undefined;
    const running = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const url = await start([
      { method: 'GET', path: '/fast', handle: () => ({ ...ok, body: 'fast' }) },
      {
        method: 'GET',
        path: '/slow',
        handle: async () => {
          entered?.();
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          return { ...ok, body: 'slow' };
        },
      },
    ]);
    const agent = new Agent({ keepAlive: true });
    const idle = httpRequest(`${url}/fast`, { agent }, (response) => response.resume()).end();
    await once(idle, 'close');
    const slow = fetch(`${url}/slow`);
    await running;
    const closing = servers.splice(0).map((server) => server.close());
    finish?.();
    expect(await (await slow).text()).toBe('slow');
    await Promise.all(closing);
    await expect(fetch(`${url}/fast`)).rejects.toThrow('fetch failed');
    agent.destroy();
  });

  test('cuts a request that does not end', async () => {
    let entered: (() => void) | undefined;
    const running = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const url = await start([
      {
        method: 'GET',
        path: '/',
        handle: async ({ signal }) => {
          entered?.();
          await once(signal, 'abort');
          return { ...ok, body: '' };
        },
      },
    ]);
    const hanging = fetch(url).then(
      () => 'answered',
      () => 'cut',
    );
    await running;
    await Promise.all(servers.splice(0).map((server) => server.close()));
    expect(await hanging).toBe('cut');
  });
});
