import { createEtcdGateway, refusalError, type EtcdTarget } from './gateway.ts';
import type { EtcdAlarm, EtcdHealth, EtcdMember, EtcdPermission, EtcdRange, EtcdStatus, EtcdVersion } from './model.ts';
import {
  parseEtcdAlarms,
  parseEtcdMembers,
  parseEtcdNames,
  parseEtcdObject,
  parseEtcdPermissions,
  parseEtcdRange,
  parseEtcdStatus,
  parseEtcdVersion,
} from './parse.ts';
import { keyRange, type KeyRange } from './key-range.ts';

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
  const { send, call, get } = createEtcdGateway(target, options);
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
