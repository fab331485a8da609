import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { HttpAnswer } from './stack-run.ts';

/** One HTTP request of the lab's own. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const maxBodyBytes = 16 * 1024 * 1024;

/** The answer, whatever its status; undefined when there was none in time. `ca` is what an https server is checked against. */
export async function askHttp(request: HttpRequest, ca?: string): Promise<HttpAnswer | undefined> {
  const { url, method = 'GET', body, headers = {}, timeoutMs = 5_000 } = request;
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = send(
      url,
      {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
        // Every question is asked on a connection of its own: a dead host must not answer from a pool.
        agent: false,
        signal,
        ...(ca === undefined ? {} : { ca }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= maxBodyBytes) chunks.push(chunk);
          else sent.destroy();
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
        response.on('error', () => {
          resolve(undefined);
        });
        // Cut off in the middle: no 'end' will come.
        response.on('close', () => {
          resolve(undefined);
        });
      },
    );
    sent.on('error', () => {
      resolve(undefined);
    });
    sent.end(body);
  });
}
