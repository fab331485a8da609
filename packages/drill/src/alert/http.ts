import { readFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { RuntimeError } from '@pgattest/runtime';
import { DrillError, messageOf } from '../errors.ts';

/** An HTTP service of the operator's own: Alertmanager, or where its notifications end up. */
export interface HttpTarget {
  readonly url: string;
  readonly caFile: string | undefined;
  /** File with one line, `user:password`. */
  readonly credentialsFile: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const longestAnswerBytes = 8 * 1024 * 1024;

async function read(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RuntimeError('usage', `cannot read ${file}: ${messageOf(cause)}`, { cause });
  });
}

/** One request, no redirect followed. Errors: RuntimeError for a URL or file of the user, DrillError unfinished. */
export async function askHttp(
  target: HttpTarget,
  path: string,
  options: {
    readonly method: 'GET' | 'POST';
    readonly body?: unknown;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<HttpAnswer> {
  if (!URL.canParse(target.url)) throw new RuntimeError('usage', `"${target.url}" is no URL; write http://host:port`);
  const base = new URL(target.url);
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    throw new RuntimeError('usage', `${target.url} must begin with http:// or https://`);
  }
  if (base.username !== '' || base.password !== '') {
    throw new RuntimeError('usage', `the URL of ${base.host} holds a password; put it into a file`);
  }
  const url = path === '' ? base : new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base.origin);
  const ca = await read(target.caFile);
  const credentials = (await read(target.credentialsFile))?.trim();
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      const why = signal.aborted ? 'no answer in time' : messageOf(cause);
      reject(new DrillError('unfinished', `cannot ask ${url.origin}${url.pathname}: ${why}`, { cause }));
    };
    const send = base.protocol === 'https:' ? tlsRequest : plainRequest;
    const request = send(url, {
      method: options.method,
      agent: false,
      signal,
      ...(ca === undefined ? {} : { ca }),
      headers: {
        ...(credentials === undefined ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    request.once('error', fail);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > longestAnswerBytes) request.destroy(new Error('the answer is longer than 8 MiB'));
        else chunks.push(chunk);
      });
      response.once('error', fail);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    request.end(body);
  });
}
