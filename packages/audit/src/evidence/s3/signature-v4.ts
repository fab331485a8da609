import { createHmac } from 'node:crypto';
import { sha256 } from '../hash.ts';

/** Credentials of a bucket. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignableRequest {
  readonly method: 'GET' | 'PUT';
  /** `s3.example.com:9000`. */
  readonly host: string;
  /** Encoded path: every byte but `A-Za-z0-9-_.~/` as `%XX`. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** Sent beside host and the x-amz ones; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Headers that authorise a request (AWS Signature Version 4, service s3). Pure: the time is an argument.
 * Source: AWS General Reference, "Create a signed AWS API request".
 */
export function signedHeaders(
  request: SignableRequest,
  credentials: S3Credentials,
  region: string,
  now: Date,
): Readonly<Record<string, string>> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    'x-amz-content-sha256': sha256(request.body),
    'x-amz-date': time,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).toSorted((a, b) => (a < b ? -1 : 1));
  const signed = names.join(';');
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
  return { ...headers, authorization };
}

/** Encodes as Signature Version 4 wants it: everything but unreserved characters. */
export const encodeUri = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** A key as it stands in a path: every part of it encoded. */
export const encodePath = (key: string): string => key.split('/').map(encodeUri).join('/');

/** `a=1&b=2`, sorted by name. */
export const canonicalQuery = (query: readonly (readonly [string, string])[]): string =>
  query
    .map(([name, value]) => `${encodeUri(name)}=${encodeUri(value)}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('&');
