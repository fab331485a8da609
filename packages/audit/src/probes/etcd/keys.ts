import { createEtcdClient, type EtcdKey } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';

/** A member as it describes itself in etcd. */
export interface EtcdMemberKeyFact {
  readonly name: string;
  /** `master` and `primary` both read `primary`; null when the value is no JSON. */
  readonly role: string | null;
  readonly state: string | null;
  readonly version: string | null;
  readonly hasLease: boolean;
}

/** Patroni's keys of one cluster, without values that may hold a secret. */
export interface EtcdKeysFact {
  readonly leader: { readonly name: string; readonly hasLease: boolean } | null;
  readonly members: readonly EtcdMemberKeyFact[];
  /** System identifier of the database. */
  readonly initialize: string | null;
  readonly sync: { readonly leader: string | null; readonly standbys: readonly string[] } | null;
  /** Members that the failsafe topology names; null while failsafe mode is off. */
  readonly failsafe: readonly string[] | null;
  /** Names of all keys below the prefix, without it. */
  readonly names: readonly string[];
  /** False when there are more keys than were read. */
  readonly isComplete: boolean;
}

const mostKeys = 1_000;

/** What Patroni keeps in etcd for the cluster. */
export const etcdKeys = defineProbe({
  id: 'etcd.keys',
  subject: 'etcd',
  title: 'Keys of the cluster: leader, members, synchronous standbys, failsafe topology (/v3/kv/range)',
  privilege: 'a user of etcd that may read the prefix of the cluster',
  grants: [],
  async collect({ target, prefix, signal }): Promise<EtcdKeysFact> {
    const client = createEtcdClient(target, { timeoutMs: requestTimeoutMs });
    const { keys, isMore } = await client.range({ keys: { prefix }, limit: mostKeys }, signal);
    const named = keys.map((key) => ({ ...key, name: key.key.slice(prefix.length) }));
    const find = (name: string): EtcdKey | undefined => named.find((key) => key.name === name);
    const leader = find('leader');
    const sync = fieldsOf(find('sync')?.value);
    const failsafe = fieldsOf(find('failsafe')?.value);
    return {
      leader: leader === undefined ? null : { name: leader.value, hasLease: leader.leaseId !== undefined },
      members: named.flatMap((key) => (key.name.startsWith('members/') ? [memberOf(key)] : [])),
      initialize: find('initialize')?.value ?? null,
      sync:
        sync === undefined
          ? null
          : {
              leader: textOf(sync['leader']),
              standbys: (textOf(sync['sync_standby']) ?? '').split(',').filter((name) => name !== ''),
            },
      failsafe: failsafe === undefined ? null : Object.keys(failsafe).toSorted(),
      names: named.map(({ name }) => name),
      isComplete: !isMore,
    };
  },
});

function memberOf(key: EtcdKey & { readonly name: string }): EtcdMemberKeyFact {
  const fields = fieldsOf(key.value) ?? {};
  const role = textOf(fields['role']);
  return {
    name: key.name.slice('members/'.length),
    role: role === 'master' ? 'primary' : role,
    state: textOf(fields['state']),
    version: textOf(fields['version']),
    hasLease: key.leaseId !== undefined,
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The fields of a JSON object; undefined for anything else. */
function fieldsOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
