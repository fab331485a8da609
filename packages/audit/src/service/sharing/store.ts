import {
  ConnectError,
  createEtcdClient,
  createEtcdLeases,
  type EtcdClient,
  type EtcdLeases,
  type EtcdLeaseState,
  type EtcdTarget,
} from '@pgattest/connect';
import type { ShareMember, ShareView } from './plan.ts';

/** What is in etcd, and which clusters belong to a lease. */
export interface SharedState extends ShareView {
  /** Clusters whose keys belong to the lease that was asked with. */
  readonly owned: ReadonlySet<string>;
}

/** The keys of the sharing auditors. Errors of all: ConnectError of the last member of etcd that was asked. */
export interface ShareStore {
  grant(signal: AbortSignal): Promise<EtcdLeaseState>;
  renew(leaseId: string, signal: AbortSignal): Promise<EtcdLeaseState>;
  revoke(leaseId: string, signal: AbortSignal): Promise<void>;
  read(leaseId: string, signal: AbortSignal): Promise<SharedState>;
  register(member: ShareMember, leaseId: string, signal: AbortSignal): Promise<void>;
  /** Whether the cluster now belongs to the lease by this call. */
  claim(cluster: string, holder: string, leaseId: string, signal: AbortSignal): Promise<boolean>;
  release(cluster: string, leaseId: string, signal: AbortSignal): Promise<void>;
  owns(cluster: string, leaseId: string, signal: AbortSignal): Promise<boolean>;
}

export interface ShareStoreOptions {
  /** Members of one etcd; the next one is asked when one does not answer. */
  readonly targets: readonly EtcdTarget[];
  /** `/pgattest/audit`: clusters are below it, auditors below `/pgattest/audit-members`. */
  readonly prefix: string;
  readonly ttlMs: number;
  /** Bounds each request to each member. */
  readonly timeoutMs: number;
}

/** Makes the store; sends nothing. */
export function createShareStore({ targets, prefix, ttlMs, timeoutMs }: ShareStoreOptions): ShareStore {
  const ends = targets.map((target): Endpoint => ({
    reader: createEtcdClient(target, { timeoutMs }),
    leases: createEtcdLeases(target, { timeoutMs }),
  }));
  const ask = firstThatAnswers(ends);
  const keyOf = (cluster: string): string => `${prefix}/${cluster}`;
  const memberPrefix = `${prefix}-members/`;
  return {
    grant: (signal) => ask(({ leases }) => leases.grant(Math.ceil(ttlMs / 1000), signal)),
    renew: (leaseId, signal) => ask(({ leases }) => leases.renew(leaseId, signal)),
    revoke: (leaseId, signal) => ask(({ leases }) => leases.revoke(leaseId, signal)),
    async read(leaseId, signal) {
      const [members, clusters] = await Promise.all([
        ask(({ reader }) => reader.range({ keys: { prefix: memberPrefix } }, signal)),
        ask(({ reader }) => reader.range({ keys: { prefix: `${prefix}/` } }, signal)),
      ]);
      const held = clusters.keys.map((key) => ({ ...key, cluster: key.key.slice(prefix.length + 1) }));
      return {
        members: members.keys.map(({ key, value }) => memberOf(key.slice(memberPrefix.length), value)),
        holders: new Map(held.map(({ cluster, value }) => [cluster, value])),
        owned: new Set(held.filter((key) => key.leaseId === leaseId).map(({ cluster }) => cluster)),
      };
    },
    async register({ id, clusters }, leaseId, signal) {
      const entry = { key: `${memberPrefix}${id}`, value: JSON.stringify({ clusters }), leaseId };
      await ask(({ leases }) => leases.putIfAbsent(entry, signal));
    },
    claim: (cluster, holder, leaseId, signal) =>
      ask(({ leases }) => leases.putIfAbsent({ key: keyOf(cluster), value: holder, leaseId }, signal)),
    async release(cluster, leaseId, signal) {
      await ask(({ leases }) => leases.deleteIfOwned({ key: keyOf(cluster), leaseId }, signal));
    },
    async owns(cluster, leaseId, signal) {
      const { keys } = await ask(({ reader }) => reader.range({ keys: { key: keyOf(cluster) } }, signal));
      return keys.some((key) => key.leaseId === leaseId);
    },
  };
}

interface Endpoint {
  readonly reader: EtcdClient;
  readonly leases: EtcdLeases;
}

/** Asks the member that answered last, then the others in turn. All calls may be repeated: they say what must be so. */
function firstThatAnswers(ends: readonly Endpoint[]): <T>(call: (end: Endpoint) => Promise<T>) => Promise<T> {
  let first = 0;
  return async (call) => {
    const from = first;
    let last: unknown = new ConnectError('config_invalid', 'no member of etcd is configured');
    for (let step = 0; step < ends.length; step += 1) {
      const index = (from + step) % ends.length;
      const end = ends[index];
      if (end === undefined) continue;
      try {
        const answer = await call(end);
        first = index;
        return answer;
      } catch (error) {
        last = error;
        if (!isElsewherePerhaps(error)) throw error;
      }
    }
    throw last;
  };
}

const isElsewherePerhaps = (error: unknown): boolean =>
  error instanceof ConnectError && ['unreachable', 'timeout', 'tls_failed'].includes(error.code);

/** One whose value cannot be read could hold nothing: it is counted, and given nothing. */
function memberOf(id: string, value: string): ShareMember {
  try {
    const document: unknown = JSON.parse(value);
    const clusters: unknown =
      typeof document === 'object' && document !== null && 'clusters' in document ? document.clusters : [];
    return { id, clusters: Array.isArray(clusters) ? clusters.filter((name) => typeof name === 'string') : [] };
  } catch {
    return { id, clusters: [] };
  }
}
