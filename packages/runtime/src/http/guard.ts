import { createBasicAuth } from './basic-auth.ts';
import { createTokenBucket } from './rate-limit.ts';
import type { HttpResponse } from './route.ts';
import type { WebConfigSource } from './web-config-source.ts';

/** What a web configuration says about one request. */
export interface Admission {
  /** For the answer, whatever it is. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer, when the request goes no further. */
  readonly refusal: HttpResponse | undefined;
}

/** Decides about a request before anything else looks at it. */
export type Guard = (request: { readonly authorization: string | undefined }) => Promise<Admission>;

const contentType = 'text/plain; charset=utf-8';
const tooMany: HttpResponse = { status: 429, contentType, body: 'too many requests\n' };
const unauthorized: HttpResponse = {
  status: 401,
  contentType,
  body: 'unauthorized\n',
  headers: { 'www-authenticate': 'Basic' },
};

/** Rate limit, then headers, then password, as Prometheus' exporters do; the configuration is the one of this moment. */
export function createGuard(source: WebConfigSource): Guard {
  const take = createTokenBucket();
  const auth = createBasicAuth();
  return async ({ authorization }) => {
    const { rateLimit, headers, users } = await source.current();
    if (rateLimit !== undefined && !take(rateLimit, performance.now())) return { headers: {}, refusal: tooMany };
    if (users.size === 0 || (await auth.verify(authorization, users))) return { headers, refusal: undefined };
    return { headers, refusal: unauthorized };
  };
}
