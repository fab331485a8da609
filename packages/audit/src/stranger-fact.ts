import { askAsStranger, readHttpTlsEndpoint, type HttpTarget } from '@pgattest/connect';
import { toTlsFact, type TlsFact } from './tls-fact.ts';

/** What an HTTP port shows somebody without certificate and login. */
export interface StrangerFact {
  readonly url: string;
  readonly scheme: 'http' | 'https';
  /** Null on plain HTTP. */
  readonly tls: TlsFact | null;
  /** Whether a request came through without a client certificate. */
  readonly answered: boolean;
}

/** Shakes hands where there is TLS, then asks for something harmless. Errors: those of `askAsStranger`. */
export async function meetAsStranger(
  target: HttpTarget,
  what: { readonly component: string; readonly path: string; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<StrangerFact> {
  const scheme = target.url.startsWith('https:') ? 'https' : 'http';
  const tls = scheme === 'https' ? toTlsFact(await readHttpTlsEndpoint(target, what.signal)) : null;
  const answer = await askAsStranger(target, { ...what, method: 'GET' });
  return { url: target.url, scheme, tls, answered: answer.kind === 'answered' };
}
