import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { canonicalQuery, encodePath, encodeUri, signedHeaders, type S3Credentials } from './signature-v4.ts';

/** How to reach a bucket. */
export interface S3Target {
  /** `https://s3.example.com:9000`; the bucket is put in the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: S3Credentials;
  /** Certificate authority, PEM. */
  readonly ca: string | undefined;
}

export interface S3Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** The requests a store needs, nothing else. Each rejects with an Error whose message says what failed and why. */
export interface S3Client {
  /** Undefined when there is no such object. */
  readonly get: (key: string) => Promise<Buffer | undefined>;
  /** False when `ifAbsent` and the object is there already. */
  readonly put: (key: string, body: Buffer, options: { readonly ifAbsent: boolean }) => Promise<boolean>;
  /** Keys and common prefixes (up to the delimiter) below a prefix, in code unit order. */
  readonly list: (prefix: string, delimiter?: '/') => Promise<readonly string[]>;
}

const timeoutMs = 30_000;
const attempts = 4;
const longestAnswerBytes = 256 * 1024 * 1024;

/** A thin client of the S3 API. Answers that say "later" (409, 429, 5xx, a lost connection) are tried again, four times in all. */
export function createS3Client(target: S3Target, signal: AbortSignal): S3Client {
  const base = `/${encodeUri(target.bucket)}`;
  const send = async (
    method: 'GET' | 'PUT',
    key: string,
    query: readonly (readonly [string, string])[],
    headers: Readonly<Record<string, string>>,
    body: Buffer,
  ): Promise<S3Answer> => {
    const path = key === '' ? `${base}/` : `${base}/${encodePath(key)}`;
    const what = `cannot ${method} s3://${target.bucket}/${key}`;
    let failure: unknown;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      signal.throwIfAborted();
      try {
        const answer = await sendOnce(target, { method, path, query, headers, body }, signal);
        if (answer.status !== 409 && answer.status !== 429 && answer.status < 500) return answer;
        failure = new Error(describeAnswer(answer));
      } catch (cause) {
        failure = cause;
      }
      if (attempt < attempts) await pause(100 * 2 ** attempt, signal);
    }
    const why = failure instanceof Error ? failure.message : String(failure);
    throw new Error(`${what} at ${target.endpoint}: ${why} (tried ${attempts} times)`, { cause: failure });
  };
  const refused = (what: string, answer: S3Answer): Error =>
    new Error(`${what} in bucket ${target.bucket} at ${target.endpoint}: ${describeAnswer(answer)}`);
  const get = async (key: string): Promise<Buffer | undefined> => {
    const answer = await send('GET', key, [], {}, Buffer.alloc(0));
    if (answer.status === 200) return answer.body;
    if (answer.status === 404 && /<Code>NoSuchKey</u.test(answer.body.toString('utf8'))) return undefined;
    throw refused(`cannot read ${key}`, answer);
  };
  return {
    get,
    async put(key, body, { ifAbsent }) {
      // A try whose answer was lost may have been done: what is there is then compared with what was sent.
      const answer = await send('PUT', key, [], ifAbsent ? { 'if-none-match': '*' } : {}, body);
      if (answer.status === 200 || answer.status === 204) return true;
      if (ifAbsent && answer.status === 412) {
        const there = await get(key);
        if (there === undefined) throw refused(`cannot write ${key}`, answer);
        return there.equals(body);
      }
      throw refused(`cannot write ${key}`, answer);
    },
    async list(prefix, delimiter) {
      const found: string[] = [];
      let token: string | undefined;
      do {
        const query: (readonly [string, string])[] = [
          ['list-type', '2'],
          ['prefix', prefix],
          ...(delimiter === undefined ? [] : [['delimiter', delimiter] as const]),
          ...(token === undefined ? [] : [['continuation-token', token] as const]),
        ];
        const answer = await send('GET', '', query, {}, Buffer.alloc(0));
        const xml = answer.body.toString('utf8');
        if (answer.status !== 200 || !xml.includes('<ListBucketResult')) {
          throw refused(`cannot list ${prefix}`, answer);
        }
        found.push(...valuesOf(xml, 'Key'));
        for (const group of xml.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gsu)) {
          found.push(...valuesOf(group[1] ?? '', 'Prefix'));
        }
        token = /<IsTruncated>true</u.test(xml) ? valuesOf(xml, 'NextContinuationToken')[0] : undefined;
      } while (token !== undefined);
      return found.toSorted((a, b) => (a < b ? -1 : 1));
    },
  };
}

function sendOnce(
  target: S3Target,
  request: {
    readonly method: 'GET' | 'PUT';
    readonly path: string;
    readonly query: readonly (readonly [string, string])[];
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
  },
  signal: AbortSignal,
): Promise<S3Answer> {
  const url = new URL(target.endpoint);
  const headers = signedHeaders({ ...request, host: url.host }, target.credentials, target.region, new Date());
  const query = canonicalQuery(request.query);
  const isTls = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = (isTls ? tlsRequest : plainRequest)({
      hostname: url.hostname.replaceAll(/[[\]]/gu, ''),
      port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
      path: query === '' ? request.path : `${request.path}?${query}`,
      method: request.method,
      headers: { ...headers, 'content-length': String(request.body.length) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      agent: false,
      ...(target.ca === undefined ? {} : { ca: target.ca }),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestAnswerBytes) outgoing.destroy(new Error('the answer has more than 256 MiB'));
        chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('aborted', () => reject(new Error('the connection was closed in the middle of the answer')));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    });
    outgoing.end(request.body);
  });
}

/** `403 AccessDenied: …`. Never more than the first words of an answer that is no S3 error. */
function describeAnswer({ status, body }: S3Answer): string {
  const xml = body.toString('utf8', 0, 4096);
  const [code] = valuesOf(xml, 'Code');
  const [message] = valuesOf(xml, 'Message');
  const words =
    code === undefined ? 'no S3 error in the answer' : `${code}${message === undefined ? '' : `: ${message}`}`;
  return `answered ${status} ${words}`;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Texts of every element of that name: S3's answers are flat, and names and keys of ours hold no markup. */
const valuesOf = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'gu'))].map((match) =>
    (match[1] ?? '').replaceAll(/&(lt|gt|quot|apos|amp);/gu, (_, name: string) => entities[name] ?? ''),
  );

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    signal.addEventListener('abort', done, { once: true });
  });
}
