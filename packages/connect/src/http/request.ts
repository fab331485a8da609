import { readFile } from 'node:fs/promises';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { abortedError } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import type { Secret } from '../secret.ts';

/** How to reach one HTTP API. */
export interface HttpTarget {
  /** `https://10.0.0.11:8008`; a path is kept in front of every route. */
  readonly url: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Name that the certificate must be of, when it is not the host of the URL. */
  readonly serverName?: string;
  /** Sent as HTTP basic authentication, by calls that ask for it only. */
  readonly credentials?: { readonly user: string; readonly password: Secret };
}

/** One answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface HttpCall {
  /** Whom a message names: `Patroni`, `etcd`. */
  readonly component: string;
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/cluster` */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Part of the body that is a password: an answer that repeats it is read without it, as it is without the login. */
  readonly confidential?: Secret;
  /** `credentials`: those of the target are sent. Without it nobody is told who asks. */
  readonly as?: 'credentials';
  readonly headers?: Readonly<Record<string, string>>;
  /** Talks to whoever answers: only for a request that holds nothing of ours. Errors: config_invalid with `as`. */
  readonly trust?: 'anybody';
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const longestAnswerBytes = 4 * 1024 * 1024;

/**
 * Sends one request on a connection of its own and reads the answer. Redirects are never followed: credentials go where
 * they were meant to or nowhere. Errors: config_invalid, unreachable, tls_failed, timeout, aborted, invalid_data.
 */
export async function requestHttp(target: HttpTarget, call: HttpCall): Promise<HttpAnswer> {
  const url = urlOf(target, call);
  const what = `cannot ask ${call.component} for ${call.method} ${url.origin}${url.pathname}`;
  if (call.trust === 'anybody' && (call.as !== undefined || target.keyFile !== undefined)) {
    throw new ConnectError('config_invalid', `${what}: a login or a key needs a server that was verified`);
  }
  const files = {
    ...(await tlsFiles(target, url, call.component)),
    ...(call.trust === 'anybody' ? { rejectUnauthorized: false } : {}),
  };
  if (call.signal.aborted) throw abortedError(call.signal, what);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const { credentials } = target;
  const authorization =
    credentials === undefined || call.as === undefined
      ? {}
      : {
          authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password.reveal()}`).toString('base64')}`,
        };
  const headers = {
    accept: 'application/json',
    connection: 'close',
    ...call.headers,
    ...authorization,
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
    const request = send(url, { method: call.method, headers, agent: false, ...files });
    const fail = (error: ConnectError): void => {
      release();
      request.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new ConnectError('timeout', `${what}: no answer within ${call.timeoutMs} ms`));
    }, call.timeoutMs);
    const onAbort = (): void => fail(abortedError(call.signal, what));
    call.signal.addEventListener('abort', onAbort, { once: true });
    const release = (): void => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', onAbort);
    };
    request.once('error', (cause: NodeJS.ErrnoException) => fail(toError(cause, what)));
    request.once('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > longestAnswerBytes)
          fail(new ConnectError('invalid_data', `${what}: the answer is longer than 4 MiB`));
        else chunks.push(chunk);
      });
      response.once('error', (cause) => fail(toError(cause, what)));
      response.once('end', () => {
        release();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          // Pages that say what was asked are quoted in messages.
          body: withoutLogin(Buffer.concat(chunks).toString('utf8'), headers, call.confidential),
        });
      });
    });
    request.end(body);
  });
}

/** A shorter one may be part of any word; what it would black out is data. */
const leastConcealed = 8;

/** An answer without the login that it repeats, as it was sent or decoded. */
function withoutLogin(
  answer: string,
  headers: Readonly<Record<string, unknown>>,
  confidential: Secret | undefined,
): string {
  const authorization = headers['authorization'];
  const words = typeof authorization === 'string' ? authorization.split(' ') : [];
  const login = words.at(-1) ?? '';
  const decoded = words[0] === 'Basic' ? Buffer.from(login, 'base64').toString('utf8') : '';
  const own = confidential?.reveal() ?? '';
  const passwords = [own, decoded.slice(decoded.indexOf(':') + 1)].filter(({ length }) => length >= leastConcealed);
  const sent = [login, decoded, own, ...passwords.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])];
  return sent.reduce((text, secret) => (secret === '' ? text : text.replaceAll(secret, '***')), answer);
}

function urlOf({ url }: HttpTarget, { component, path }: HttpCall): URL {
  let base: URL;
  try {
    base = new URL(url);
  } catch (cause) {
    throw new ConnectError('config_invalid', `"${url}" is no URL of ${component}; write http://host:port`, { cause });
  }
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    throw new ConnectError(
      'config_invalid',
      `${base.protocol}// is not how ${component} is reached; write http:// or https://`,
    );
  }
  if (base.username !== '' || base.password !== '') {
    throw new ConnectError('config_invalid', `the URL of ${component} holds a password; put it into a file`);
  }
  return new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base.origin);
}

async function read(file: string, component: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError('config_invalid', `cannot read ${file} for ${component}: ${reason}`, { cause });
  });
}

async function tlsFiles(
  { caFile, certFile, keyFile, serverName }: HttpTarget,
  url: URL,
  component: string,
): Promise<{
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
}> {
  if (url.protocol !== 'https:') return {};
  return {
    ...(caFile === undefined ? {} : { ca: await read(caFile, component) }),
    ...(certFile === undefined ? {} : { cert: await read(certFile, component) }),
    ...(keyFile === undefined ? {} : { key: await read(keyFile, component) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

function toError(cause: NodeJS.ErrnoException, what: string): ConnectError {
  const code = cause.code ?? '';
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME)/.test(code) || code === 'EPROTO';
  return new ConnectError(isTls ? 'tls_failed' : 'unreachable', `${what}: ${cause.message || code}`, { cause });
}
