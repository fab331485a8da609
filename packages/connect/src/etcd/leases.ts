import { ConnectError } from '../errors.ts';
import { createEtcdGateway, type EtcdTarget } from './gateway.ts';
import { keyRange } from './key-range.ts';
import { parseEtcdLease, parseEtcdRenewal, parseEtcdTransaction } from './parse-lease.ts';

/** A lease as etcd last spoke of it. */
export interface EtcdLeaseState {
  /** Upper-case hexadecimal, as in EtcdKey. */
  readonly leaseId: string;
  /** How long it lives without another renewal; 0 when it lives no more. */
  readonly ttlMs: number;
}

/** A key that lives as long as a lease. */
export interface EtcdLeasedKey {
  readonly key: string;
  readonly leaseId: string;
}

/**
 * What writes to etcd: leases, and keys that vanish with them. Kept apart from the client on purpose: only the auditors
 * that share clusters may use it, below a prefix of their own. A call that timed out may have been done all the same.
 * Errors of all: as EtcdClient.
 */
export interface EtcdLeases {
  readonly url: string;
  /** A new lease; etcd may give it a longer life than asked for. */
  grant(ttlSeconds: number, signal: AbortSignal): Promise<EtcdLeaseState>;
  /** Begins its life anew; one that etcd does not know lives for 0 ms. */
  renew(leaseId: string, signal: AbortSignal): Promise<EtcdLeaseState>;
  /** Ends a lease and all keys of it; one that is gone already is no error. */
  revoke(leaseId: string, signal: AbortSignal): Promise<void>;
  /** Writes the key if there is none of that name; whether it did. */
  putIfAbsent(entry: EtcdLeasedKey & { readonly value: string }, signal: AbortSignal): Promise<boolean>;
  /** Deletes the key if it belongs to the lease; whether it did. */
  deleteIfOwned(entry: EtcdLeasedKey, signal: AbortSignal): Promise<boolean>;
}

/** Makes one for a member of etcd; sends nothing. `timeoutMs` bounds each request. */
export function createEtcdLeases(target: EtcdTarget, options: { readonly timeoutMs: number }): EtcdLeases {
  const { call } = createEtcdGateway(target, options);
  const transaction = async (compare: unknown, operation: unknown, signal: AbortSignal): Promise<boolean> =>
    parseEtcdTransaction(await call('/v3/kv/txn', { compare: [compare], success: [operation] }, signal));
  return {
    url: target.url,
    grant: async (ttlSeconds, signal) =>
      parseEtcdLease(await call('/v3/lease/grant', { TTL: String(ttlSeconds) }, signal)),
    async renew(leaseId, signal) {
      const answer = await call('/v3/lease/keepalive', { ID: decimalId(leaseId) }, signal);
      return { leaseId, ttlMs: parseEtcdRenewal(answer) };
    },
    async revoke(leaseId, signal) {
      try {
        await call('/v3/lease/revoke', { ID: decimalId(leaseId) }, signal);
      } catch (error) {
        if (!(error instanceof ConnectError && error.message.includes('requested lease not found'))) throw error;
      }
    },
    putIfAbsent({ key: name, value, leaseId }, signal) {
      const { key } = keyRange({ key: name });
      return transaction(
        // No key has this revision: it is what etcd compares for one that does not exist.
        { key, target: 'CREATE', result: 'EQUAL', create_revision: '0' },
        { request_put: { key, value: Buffer.from(value).toString('base64'), lease: decimalId(leaseId) } },
        signal,
      );
    },
    deleteIfOwned({ key: name, leaseId }, signal) {
      const { key } = keyRange({ key: name });
      return transaction(
        { key, target: 'LEASE', result: 'EQUAL', lease: decimalId(leaseId) },
        { request_delete_range: { key } },
        signal,
      );
    },
  };
}

/** The gateway takes 64 bit integers as decimal texts. */
const decimalId = (leaseId: string): string => BigInt(`0x${leaseId}`).toString();
