import { ConnectError } from '../errors.ts';
import { requestHttp, type HttpAnswer, type HttpTarget } from '../http/request.ts';
import type { EtcdAlarm, EtcdHealth, EtcdMember, EtcdPermission, EtcdRange, EtcdStatus, EtcdVersion } from './model.ts';
import {
  parseEtcdAlarms,
  parseEtcdMembers,
  parseEtcdNames,
  parseEtcdObject,
  parseEtcdPermissions,
  parseEtcdRange,
  parseEtcdRefusal,
  parseEtcdStatus,
  parseEtcdVersion,
} from './parse.ts';
import { keyRange, type KeyRange } from './key-range.ts';

/** Where one member of etcd serves clients: `https://10.0.0.21:2379`. With credentials, calls log in first. */
export type EtcdTarget = HttpTarget;

/** What is read: one key, or all keys below a prefix. */
export interface EtcdRangeRequest {
  readonly keys: KeyRange;
  readonly limit?: number;
  readonly keysOnly?: boolean;
  /** From this member alone, perhaps stale: answers without a quorum. */
  readonly serializable?: boolean;
}

/**
 * Reads one member of etcd through its JSON gateway. It has no call that writes a key, a lease, a user or a member.
 * Errors of all: ConnectError; `auth_failed` when etcd wants a login or does not take it, `permission_denied` when the
 * user may not, `unsupported` when the gateway or the call is not there, `unreachable` without a leader.
 */
export interface EtcdClient {
  readonly url: string;
  version(signal: AbortSignal): Promise<EtcdVersion>;
  health(signal: AbortSignal): Promise<EtcdHealth>;
  /** The text of `/metrics`. */
  metrics(signal: AbortSignal): Promise<string>;
  status(signal: AbortSignal): Promise<EtcdStatus>;
  members(signal: AbortSignal): Promise<readonly EtcdMember[]>;
  alarms(signal: AbortSignal): Promise<readonly EtcdAlarm[]>;
  range(request: EtcdRangeRequest, signal: AbortSignal): Promise<EtcdRange>;
  /** Whether access control is on; `unsupported` before 3.5. */
  isAuthEnabled(signal: AbortSignal): Promise<boolean>;
  users(signal: AbortSignal): Promise<readonly string[]>;
  /** Roles of a user; everybody may ask for its own. */
  userRoles(user: string, signal: AbortSignal): Promise<readonly string[]>;
  /** What a role may do; everybody may ask for a role it has. */
  rolePermissions(role: string, signal: AbortSignal): Promise<readonly EtcdPermission[]>;
}

/** Makes a client; sends nothing. `timeoutMs` bounds each request. */
export function createEtcdClient(target: EtcdTarget, options: { readonly timeoutMs: number }): EtcdClient {
  const { timeoutMs } = options;
  const { credentials } = target;
  let token: Promise<string> | undefined;

  const send = (method: 'GET' | 'POST', path: string, signal: AbortSignal, body?: unknown, auth?: string) =>
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
      const answer = await send('POST', path, signal, { name: user, password: password.reveal() });
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

  return {
    url: target.url,
    version: async (signal) => parseEtcdVersion(await get('/version', signal)),
    async health(signal) {
      const answer = await send('GET', '/health', signal);
      if (answer.status !== 200 && answer.status !== 503) throw refusalError(target.url, '/health', answer);
      const { health, reason } = parseEtcdObject(answer.body, '/health');
      return {
        isHealthy: health === 'true' || health === true,
        reason: typeof reason === 'string' && reason !== '' ? reason : undefined,
      };
    },
    metrics: (signal) => get('/metrics', signal),
    status: async (signal) => parseEtcdStatus(await call('/v3/maintenance/status', {}, signal)),
    members: async (signal) => parseEtcdMembers(await call('/v3/cluster/member/list', {}, signal)),
    alarms: async (signal) => parseEtcdAlarms(await call('/v3/maintenance/alarm', { action: 'GET' }, signal)),
    async range({ keys, limit, keysOnly, serializable }, signal) {
      const { key, rangeEnd } = keyRange(keys);
      const body = {
        key,
        ...(rangeEnd === undefined ? {} : { range_end: rangeEnd }),
        ...(limit === undefined ? {} : { limit: String(limit) }),
        ...(keysOnly === true ? { keys_only: true } : {}),
        ...(serializable === true ? { serializable: true } : {}),
      };
      return parseEtcdRange(await call('/v3/kv/range', body, signal));
    },
    isAuthEnabled: async (signal) =>
      parseEtcdObject(await call('/v3/auth/status', {}, signal), '/v3/auth/status')['enabled'] === true,
    users: async (signal) => {
      const path = '/v3/auth/user/list';
      return parseEtcdNames(await call(path, {}, signal), path, 'users');
    },
    userRoles: async (user, signal) => {
      const path = '/v3/auth/user/get';
      return parseEtcdNames(await call(path, { name: user }, signal), path, 'roles');
    },
    rolePermissions: async (role, signal) => parseEtcdPermissions(await call('/v3/auth/role/get', { role }, signal)),
  };
}

/** What a refusal of etcd means. */
function refusalError(url: string, path: string, { status, body }: HttpAnswer): ConnectError {
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
