import { requestHttp, type HttpAnswer, type HttpCall, type HttpTarget } from '../http/request.ts';

/** How to reach the REST API of one Patroni; its credentials are for what changes the cluster only. */
export type PatroniTarget = HttpTarget;

/** One request to Patroni: only what changes a cluster is told who asks. Errors: those of `requestHttp`. */
export const askPatroni = (
  target: PatroniTarget,
  call: Omit<HttpCall, 'component' | 'as' | 'headers'>,
): Promise<HttpAnswer> =>
  requestHttp(target, { ...call, component: 'Patroni', ...(call.method === 'GET' ? {} : { as: 'credentials' }) });
