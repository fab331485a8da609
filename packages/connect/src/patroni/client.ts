import { ConnectError } from '../errors.ts';
import type { PatroniCluster, PatroniConfig, PatroniHistoryLine, PatroniMemberStatus } from './model.ts';
import { parseCluster, parseConfigDocument, parseHistory, parseMemberStatus } from './parse.ts';
import { askPatroni, type PatroniTarget } from './request.ts';

/** Reads one Patroni; every call has a deadline. Errors of all: ConnectError. */
export interface PatroniClient {
  readonly url: string;
  /** The member's own state; answers also while its PostgreSQL is down. */
  patroni(signal: AbortSignal): Promise<PatroniMemberStatus>;
  /** Reads the DCS: not dependable while that is out of reach. */
  cluster(signal: AbortSignal): Promise<PatroniCluster>;
  config(signal: AbortSignal): Promise<PatroniConfig>;
  history(signal: AbortSignal): Promise<readonly PatroniHistoryLine[]>;
}

/** Makes a client; sends nothing. `timeoutMs` bounds each call. */
export function createPatroniClient(target: PatroniTarget, options: { readonly timeoutMs: number }): PatroniClient {
  const get = async (path: string, signal: AbortSignal): Promise<string> => {
    const { status, body } = await askPatroni(target, { method: 'GET', path, timeoutMs: options.timeoutMs, signal });
    if (status === 200) return body;
    // A member whose PostgreSQL is down describes itself with 503.
    if (status === 503 && path === '/patroni') return body;
    throw statusError(target.url, 'GET', path, status, body);
  };
  return {
    url: target.url,
    patroni: async (signal) => parseMemberStatus(await get('/patroni', signal)),
    cluster: async (signal) => parseCluster(await get('/cluster', signal)),
    config: async (signal) => parseConfigDocument(await get('/config', signal)),
    history: async (signal) => parseHistory(await get('/history', signal)),
  };
}

/** What an unwelcome status means. */
export function statusError(url: string, method: string, path: string, status: number, body: string): ConnectError {
  const said = body.slice(0, 300).replaceAll(/\s+/g, ' ').trim();
  const text = `${method} ${path} of Patroni ${url} gave ${status}${said === '' ? '' : `: ${said}`}`;
  if (status === 401) return new ConnectError('auth_failed', `${text}; check the user and password file`);
  if (status === 403)
    return new ConnectError('permission_denied', `${text}; its allowlist or client certificates keep us out`);
  if (status >= 300 && status < 400)
    return new ConnectError('unsupported', `${text}; redirects are not followed, name the API itself`);
  if (status === 404 || status === 501) return new ConnectError('unsupported', text);
  return new ConnectError('query_failed', text);
}
