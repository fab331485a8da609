import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { RuntimeError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { formatListenAddress, type ListenAddress } from './address.ts';
import { createGuard, type Guard } from './guard.ts';
import type { HttpResponse, Route } from './route.ts';
import { createTlsServer } from './tls-server.ts';
import { openWebConfig, type WebConfigSource, type WebTls } from './web-config-source.ts';

export interface HttpServerOptions {
  /** One listener each; port 0 takes a free port. */
  readonly listen: readonly ListenAddress[];
  /** Descriptors of sockets that listen already, see `inheritedSockets`; served besides `listen`. */
  readonly inherited?: readonly number[];
  /** How many following ports to try when a port is taken; 0 when absent. */
  readonly portFallback?: number;
  readonly routes: readonly Route[];
  readonly logger: Logger;
  /** Web configuration of Prometheus' exporters: TLS, passwords, headers, rate limit. Absent = plain, for everybody. */
  readonly webConfigFile?: string;
  /** Longest time to receive a request, and longest silence of a client that is being answered; 10 s when absent. */
  readonly requestTimeoutMs?: number;
}

export interface HttpServer {
  /** Where it really listens: ports as taken, names as resolved. */
  readonly addresses: readonly ListenAddress[];
  /** Whether it speaks TLS. */
  readonly isTls: boolean;
  /** Stops listening, ends idle connections, gives running requests 2 s, then cuts them. */
  close(): Promise<void>;
}

const maxHeaderBytes = 16_384;
const maxBodyBytes = 16_384;
const closeGraceMs = 2000;
const gzipFromBytes = 4096;
const compress = promisify(gzip);

/** What a web configuration adds to a server. */
interface Protection {
  readonly source: WebConfigSource;
  readonly guard: Guard;
  readonly tls: WebTls | undefined;
}

/**
 * Starts serving. Errors: address_in_use, listen_failed; file_unreadable and config_invalid for the web configuration.
 * Nothing keeps listening then.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const protection = options.webConfigFile === undefined ? undefined : await protect(options.webConfigFile, options);
  const instances: FastifyInstance[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(instances.map(closeInstance));
  };
  const addresses: ListenAddress[] = [];
  const take = ({ instance, address }: Opened): void => {
    instances.push(instance);
    addresses.push(address);
  };
  try {
    for (const address of options.listen) take(await listen(address, options, protection));
    for (const fd of options.inherited ?? []) take(await serveInherited(fd, options, protection));
  } catch (error) {
    await close();
    throw error;
  }
  return { addresses, isTls: protection?.tls !== undefined, close };
}

/** One listener. */
interface Opened {
  readonly instance: FastifyInstance;
  readonly address: ListenAddress;
}

async function protect(file: string, { logger }: HttpServerOptions): Promise<Protection> {
  const source = await openWebConfig(file, logger);
  return { source, guard: createGuard(source), tls: (await source.current()).tls };
}

async function listen(
  wanted: ListenAddress,
  options: HttpServerOptions,
  protection: Protection | undefined,
): Promise<Opened> {
  const lastPort = wanted.port === 0 ? 0 : Math.min(wanted.port + (options.portFallback ?? 0), 65_535);
  for (let port = wanted.port; ; port += 1) {
    try {
      return await listenOnce({ host: wanted.host, port }, options, protection);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EADDRINUSE' && port < lastPort) continue;
      const where = formatListenAddress({ host: wanted.host, port });
      if (code === 'EADDRINUSE') {
        throw new RuntimeError('address_in_use', `cannot listen on ${where}: another program uses it`, {
          cause: error,
        });
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new RuntimeError('listen_failed', `cannot listen on ${where}: ${reason}`, { cause: error });
    }
  }
}

async function listenOnce(
  { host, port }: ListenAddress,
  options: HttpServerOptions,
  protection: Protection | undefined,
): Promise<Opened> {
  // "Every interface" is :: where IPv6 exists (it serves IPv4 too) and 0.0.0.0 where it does not.
  const hosts = host === '' ? ['::', '0.0.0.0'] : [host];
  let failure: unknown;
  for (const candidate of hosts) {
    const instance = createInstance(options, protection);
    try {
      await instance.listen({ host: candidate, port });
      return { instance, address: boundAddress(instance) ?? { host: candidate, port } };
    } catch (error) {
      await instance.close();
      failure = error;
      if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(error) ?? '')) break;
    }
  }
  throw failure;
}

async function serveInherited(
  fd: number,
  options: HttpServerOptions,
  protection: Protection | undefined,
): Promise<Opened> {
  const instance = createInstance(options, protection);
  try {
    await instance.ready();
    const listening = once(instance.server, 'listening');
    instance.server.listen({ fd });
    await listening;
    // A Unix socket has a path and no port.
    return { instance, address: boundAddress(instance) ?? { host: `descriptor ${fd}`, port: 0 } };
  } catch (error) {
    await instance.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('listen_failed', `cannot serve the socket of descriptor ${fd}: ${reason}`, { cause: error });
  }
}

function boundAddress({ server }: FastifyInstance): ListenAddress | undefined {
  const bound = server.address();
  if (typeof bound === 'string') return { host: bound, port: 0 };
  return bound === null ? undefined : { host: bound.address, port: bound.port };
}

function createInstance(
  { routes, logger, requestTimeoutMs = 10_000 }: HttpServerOptions,
  protection: Protection | undefined,
): FastifyInstance {
  const limits: ServerOptions = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 75_000,
    // node looks for slow requests only every 30 s unless told otherwise.
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 1000),
  };
  const serverFactory = (handler: RequestListener): Server =>
    protection?.tls === undefined
      ? createServer(limits, handler)
      : createTlsServer(protection.tls, protection.source, limits, handler, logger);
  const instance = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    serverFactory,
    // No route of ours has a schema: without these Fastify loads and keeps a validator and a serializer of its own.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  });
  if (protection !== undefined)
    instance.addHook('onRequest', (request, reply) => admit(protection.guard, request, reply));
  // Bodies are limited and thrown away: no route of ours reads one.
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => {
    done(null, undefined);
  });
  for (const route of routes) {
    instance.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => answer(route, request, reply, logger, requestTimeoutMs),
    });
  }
  instance.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
    if (allowed.length > 0) {
      const allow = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
      return reply
        .code(405)
        .header('allow', allow.join(', '))
        .type('text/plain; charset=utf-8')
        .send('method not allowed\n');
    }
    const known = routes.map((route) => route.path).join(' ');
    return reply.code(404).type('text/plain; charset=utf-8').send(`not found; there are ${known}\n`);
  });
  instance.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status < 500) return reply.code(status).type('text/plain; charset=utf-8').send('bad request\n');
    logger.error('request failed', { path: pathOf(request), error });
    return reply.code(500).type('text/plain; charset=utf-8').send('internal error; see the log\n');
  });
  return instance;
}

/** For a schema, which no route has. */
function noCompiler(): never {
  throw new Error('routes have no schemas');
}

/** Before routing: unknown paths are protected as well. */
async function admit(guard: Guard, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { headers, refusal } = await guard({ authorization: request.headers.authorization });
  for (const [name, value] of Object.entries({ ...headers, ...refusal?.headers })) reply.header(name, value);
  if (refusal === undefined) return undefined;
  return reply.code(refusal.status).type(refusal.contentType).send(refusal.body);
}

async function answer(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
  stallMs: number,
): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new DOMException('the client went away', 'AbortError'));
  });
  let response: HttpResponse;
  try {
    response = await route.handle({
      path: pathOf(request),
      query: new URLSearchParams(request.raw.url?.split('?').slice(1).join('?') ?? ''),
      headers: plainHeaders(request.headers),
      signal: gone.signal,
    });
  } catch (error) {
    if (!gone.signal.aborted) logger.error('request failed', { path: route.path, error });
    response = { status: 500, contentType: 'text/plain; charset=utf-8', body: 'internal error; see the log\n' };
  }
  // From here on a client that does not read its answer is cut off, so that it cannot hold memory for ever: Node
  // destroys a socket whose timeout has no listener. (A listener per request would pile up on a kept-alive socket.)
  const { socket } = request.raw;
  socket.setTimeout(stallMs);
  for (const [name, value] of Object.entries(response.headers ?? {})) reply.header(name, value);
  reply.code(response.status).type(response.contentType);
  if (response.body.length < gzipFromBytes) return reply.send(response.body);
  reply.header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(response.body);
  return reply.header('content-encoding', 'gzip').send(await compress(response.body, { level: 1 }));
}

async function closeInstance(instance: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => instance.server.closeAllConnections(), closeGraceMs);
  // fastify closes what it opened itself; of an inherited socket it does not know.
  const { server } = instance;
  const closed = server.listening ? once(server, 'close') : undefined;
  try {
    const ended = instance.close();
    server.close();
    await Promise.all([ended, closed]);
  } finally {
    clearTimeout(cut);
  }
}

function pathOf(request: FastifyRequest): string {
  return request.raw.url?.split('?')[0] ?? '/';
}

function plainHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
