import { ConnectError, createEtcdClient, type EtcdClient, type EtcdPermission } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';

/** One permission of one user of etcd. */
export interface EtcdGrantFact {
  readonly user: string;
  readonly role: string;
  readonly type: EtcdPermission['type'];
  readonly key: string;
  /** Empty: that key alone; a zero character: all keys from there on. */
  readonly rangeEnd: string;
}

/** Who may read what in etcd. */
export interface EtcdAuthFact {
  /** False when keys are readable without a login. */
  readonly enabled: boolean;
  /** Whom the auditor logs in as; null without credentials. */
  readonly user: string | null;
  /** Whether that user reads a key outside of the cluster's prefix; null without credentials. */
  readonly readsForeignKeys: boolean | null;
  /** Users with their roles: all of them when the auditor's may list them, else that one alone. */
  readonly users: readonly { readonly name: string; readonly roles: readonly string[] }[];
  /** Whether `users` are all there are. */
  readonly sawAllUsers: boolean;
  readonly grants: readonly EtcdGrantFact[];
}

/** A key that nobody has: reading it needs a permission all the same. */
const foreignKey = '/pgattest-reads-no-key';
const mostUsers = 200;

/** Whether keys are readable without a login, and how far the auditor's own login reaches. */
export const etcdAuth = defineProbe({
  id: 'etcd.auth',
  subject: 'etcd',
  title: 'Access control: a read without a login, a read outside of the prefix, users and their permissions',
  privilege: 'the user of the cluster; root to see every user',
  live: 'asks for the name of one key below the prefix without a login, and with the login for a key that does not exist outside of it; values are not read',
  grants: [],
  async collect({ target, prefix, signal }): Promise<EtcdAuthFact> {
    const { credentials, ...open } = target;
    const stranger = createEtcdClient(open, { timeoutMs: requestTimeoutMs });
    const enabled = await isRefused('auth_failed', () =>
      stranger.range({ keys: { prefix }, limit: 1, keysOnly: true }, signal),
    );
    if (credentials === undefined || !enabled) {
      return { enabled, user: null, readsForeignKeys: null, users: [], sawAllUsers: false, grants: [] };
    }
    const { user } = credentials;
    const client = createEtcdClient(target, { timeoutMs: requestTimeoutMs });
    const readsForeignKeys = !(await isRefused('permission_denied', () =>
      client.range({ keys: { key: foreignKey }, limit: 1, keysOnly: true }, signal),
    ));
    const all = await listUsers(client, signal);
    const users: { readonly name: string; readonly roles: readonly string[] }[] = [];
    for (const name of (all ?? [user]).slice(0, mostUsers)) {
      users.push({ name, roles: await client.userRoles(name, signal) });
    }
    const permissions = new Map<string, readonly EtcdPermission[]>();
    for (const role of new Set(users.flatMap(({ roles }) => roles))) {
      permissions.set(role, await client.rolePermissions(role, signal));
    }
    return {
      enabled,
      user,
      readsForeignKeys,
      users,
      sawAllUsers: all !== undefined && all.length <= mostUsers,
      grants: users.flatMap(({ name, roles }) =>
        roles.flatMap((role) =>
          (permissions.get(role) ?? []).map((permission) => ({ user: name, role, ...permission })),
        ),
      ),
    };
  },
});

/** True when the read is refused in that way; another failure is one of the probe. */
async function isRefused(code: 'auth_failed' | 'permission_denied', read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    if (error instanceof ConnectError && error.code === code) return true;
    throw error;
  }
}

async function listUsers(client: EtcdClient, signal: AbortSignal): Promise<readonly string[] | undefined> {
  try {
    return await client.users(signal);
  } catch (error) {
    if (error instanceof ConnectError && error.code === 'permission_denied') return undefined;
    throw error;
  }
}
