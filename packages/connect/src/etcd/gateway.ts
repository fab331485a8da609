import { ConnectError } from '../errors.ts';
import { requestHttp, type HttpAnswer, type HttpTarget } from '../http/request.ts';
import { parseEtcdObject, parseEtcdRefusal } from './parse.ts';

/** Where one member of etcd serves clients: `https://10.0.0.21:2379`. With credentials, calls log in first. */
export type EtcdTarget = HttpTarget;

/** Requests to the JSON gateway of one member, after a login where there are credentials. */
export interface EtcdGateway {
  /** One request, whatever the answer. Errors: as requestHttp. */
  readonly send: (
    method: 'GET' | 'POST',
    path: string,
    signal: AbortSignal,
    body?: unknown,
    auth?: string,
  ) => Promise<HttpAnswer>;
  /** The body of a successful call of the API. Errors: as EtcdClient. */
  readonly call: (path: string, body: unknown, signal: AbortSignal) => Promise<string>;
  /** The body of a successful GET, without a login. Errors: as EtcdClient. */
  readonly get: (path: string, signal: AbortSignal) => Promise<string>;
}

/** Makes a gateway; sends nothing. `timeoutMs` bounds each request. */
export function createEtcdGateway(target: EtcdTarget, options: { readonly timeoutMs: number }): EtcdGateway {
  const { timeoutMs } = options;
  const { credentials } = target;
  let token: Promise<string> | undefined;

  const send: EtcdGateway['send'] = (method, path, signal, body, auth) =>
    requestHttp(target, {
      component: 'etcd',
      method,
      path,
      timeoutMs,
      signal,
      ...(body === undefined ? {} : { body }),
      ...(auth === undefined ? {} : { headers: { authorization: auth } }),
    });

  const logIn = async (signal: AbortSignal): Promise<string | undefined> => {
    if (credentials === undefined) return undefined;
    token ??= (async () => {
      const { user, password } = credentials;
      const path = '/v3/auth/authenticate';
      const answer = await requestHttp(target, {
        component: 'etcd',
        method: 'POST',
        path,
        body: { name: user, password: password.reveal() },
        confidential: password,
        timeoutMs,
        signal,
      });
      // Without access control there is nobody to log in to, and everything is answered anyway.
      if (answer.status !== 200 && answer.body.includes('authentication is not enabled')) return '';
      if (answer.status !== 200) throw refusalError(target.url, path, answer);
      const value = parseEtcdObject(answer.body, path)['token'];
      if (typeof value === 'string') return value;
      throw new ConnectError('invalid_data', `etcd at ${target.url} took the login of ${user} without a token`);
    })();
    const mine = token;
    try {
      const value = await mine;
      return value === '' ? undefined : value;
    } catch (error) {
      if (token === mine) token = undefined;
      throw error;
    }
  };

  const call = async (path: string, body: unknown, signal: AbortSignal): Promise<string> => {
    let answer = await send('POST', path, signal, body, await logIn(signal));
    if (answer.status !== 200 && answer.body.includes('invalid auth token')) {
      // Tokens end after five minutes without use, and with every change of users and roles.
      token = undefined;
      answer = await send('POST', path, signal, body, await logIn(signal));
    }
    if (answer.status === 200) return answer.body;
    throw refusalError(target.url, path, answer);
  };

  const get = async (path: string, signal: AbortSignal): Promise<string> => {
    const answer = await send('GET', path, signal);
    if (answer.status === 200) return answer.body;
    throw refusalError(target.url, path, answer);
  };

  return { send, call, get };
}

/** What a refusal of etcd means. */
export function refusalError(url: string, path: string, { status, body }: HttpAnswer): ConnectError {
  const { code, message } = parseEtcdRefusal(body);
  const text = `etcd at ${url} refused ${path} with ${status}${message === '' ? '' : `: ${message}`}`;
  if (status === 404) {
    return new ConnectError('unsupported', `${text}; is enable-grpc-gateway on, and does this version know the call?`);
  }
  if (/CommonName of client sending a request against gateway/u.test(message)) {
    return new ConnectError(
      'auth_failed',
      `${text}; with client-cert-auth the gateway takes no certificate that has a common name, use one without`,
    );
  }
  if (code === 16 || /authentication failed|user name is empty|invalid auth token/u.test(message)) {
    return new ConnectError('auth_failed', `${text}; check the user and password of etcd`);
  }
  if (code === 7 || /permission denied/u.test(message)) return new ConnectError('permission_denied', text);
  if (code === 14 || code === 4 || /no leader|request timed out/u.test(message)) {
    return new ConnectError('unreachable', `${text}; has it a quorum?`);
  }
  return new ConnectError('query_failed', text);
}
