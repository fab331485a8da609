import { ConnectError } from '../errors.ts';
import { statusError } from './client.ts';
import { askPatroni, type PatroniTarget } from './request.ts';

/**
 * What changes a cluster. Kept apart from the client on purpose: only the drills, on approval, may call it. Errors of
 * all: ConnectError; `query_failed` carries Patroni's own words.
 */
export interface PatroniControl {
  /** Hands the leader's role over while it is well. Resolves to Patroni's words once it is done. */
  switchover(
    request: { readonly leader: string; readonly candidate: string | undefined },
    signal: AbortSignal,
  ): Promise<string>;
  /** Promotes the candidate whether the leader is well or not. */
  failover(request: { readonly candidate: string }, signal: AbortSignal): Promise<string>;
}

/** Makes the control of one member's API; sends nothing. Patroni answers when it is done: `timeoutMs` must allow that. */
export function createPatroniControl(target: PatroniTarget, options: { readonly timeoutMs: number }): PatroniControl {
  if (target.credentials === undefined) {
    throw new ConnectError('config_invalid', `Patroni at ${target.url} changes nothing without a user and a password`);
  }
  const post = async (path: string, body: unknown, signal: AbortSignal): Promise<string> => {
    const answer = await askPatroni(target, { method: 'POST', path, body, timeoutMs: options.timeoutMs, signal });
    if (answer.status === 200) return answer.body.trim();
    throw statusError(target.url, 'POST', path, answer.status, answer.body);
  };
  return {
    switchover: ({ leader, candidate }, signal) =>
      post('/switchover', candidate === undefined ? { leader } : { leader, candidate }, signal),
    failover: ({ candidate }, signal) => post('/failover', { candidate }, signal),
  };
}
