import { readFile } from 'node:fs/promises';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { abortedError } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import type { Secret } from '../secret.ts';

/** How to reach the REST API of one Patroni. */
export interface PatroniTarget {
  /** `https://10.0.0.11:8008`; a path is kept in front of every route. */
  readonly url: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Name that the certificate must be of, when it is not the host of the URL. */
  readonly serverName?: string;
  /** Needed by what changes the cluster only. */
  readonly credentials?: { readonly user: string; readonly password: Secret };
}

/** One answer, whatever its status. */
export interface PatroniAnswer {
  readonly status: number;
  readonly body: string;
}

export interface PatroniCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/cluster` */
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const longestAnswerBytes = 4 * 1024 * 1024;

/**
 * Sends one request on a connection of its own and reads the answer. Redirects are never followed: credentials go where
 * they were meant to or nowhere. Errors: config_invalid, unreachable, tls_failed, timeout, aborted, invalid_data.
 */
export async function askPatroni(target: PatroniTarget, call: PatroniCall): Promise<PatroniAnswer> {
  const url = urlOf(target, call.path);
  const what = `cannot ask Patroni for ${call.method} ${url.origin}${url.pathname}`;
  const files = await tlsFiles(target, url);
  if (call.signal.aborted) throw abortedError(call.signal, what);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const { credentials } = target;
  // Only what changes a cluster is told who asks.
  const authorization =
    credentials === undefined || call.method === 'GET'
      ? {}
      : {
          authorization: `Basic ${Buffer.from(`${credentials.user}:${credentials.password.reveal()}`).toString('base64')}`,
        };
  const headers = {
    accept: 'application/json',
    connection: 'close',
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
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.end(body);
  });
}

function urlOf({ url }: PatroniTarget, path: string): URL {
  let base: URL;
  try {
    base = new URL(url);
  } catch (cause) {
    throw new ConnectError('config_invalid', `"${url}" is no URL of Patroni; write http://host:8008`, { cause });
  }
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    throw new ConnectError(
      'config_invalid',
      `${base.protocol}// is not how Patroni is reached; write http:// or https://`,
    );
  }
  if (base.username !== '' || base.password !== '') {
    throw new ConnectError('config_invalid', 'the URL of Patroni holds a password; put it into a file');
  }
  return new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base.origin);
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError('config_invalid', `cannot read ${file} for Patroni: ${reason}`, { cause });
  });
}

async function tlsFiles(
  { caFile, certFile, keyFile, serverName }: PatroniTarget,
  url: URL,
): Promise<{
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
}> {
  if (url.protocol !== 'https:') return {};
  return {
    ...(caFile === undefined ? {} : { ca: await read(caFile) }),
    ...(certFile === undefined ? {} : { cert: await read(certFile) }),
    ...(keyFile === undefined ? {} : { key: await read(keyFile) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

function toError(cause: NodeJS.ErrnoException, what: string): ConnectError {
  const code = cause.code ?? '';
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME)/.test(code) || code === 'EPROTO';
  return new ConnectError(isTls ? 'tls_failed' : 'unreachable', `${what}: ${cause.message || code}`, { cause });
}
