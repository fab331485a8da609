import { ConnectError } from '../errors.ts';
import { parseEtcdObject } from './parse.ts';

/** Reads `/v3/lease/grant`. Errors: invalid_data. */
export function parseEtcdLease(body: string): { readonly leaseId: string; readonly ttlMs: number } {
  const { ID: id, TTL: ttl } = parseEtcdObject(body, '/v3/lease/grant');
  if (!isInteger(id) || !isInteger(ttl)) {
    throw new ConnectError('invalid_data', 'etcd granted a lease without its id and its time to live');
  }
  return { leaseId: BigInt(id).toString(16).toUpperCase(), ttlMs: Number(ttl) * 1000 };
}

/** Reads `/v3/lease/keepalive`: what is left to live, in milliseconds; 0, which is left out, for a lease that is gone. */
export function parseEtcdRenewal(body: string): number {
  const route = '/v3/lease/keepalive';
  const { result, error } = parseEtcdObject(body, route);
  if (typeof result !== 'object' || result === null) {
    // The gateway wraps what a stream says, refusals as well, in an answer of status 200.
    const words = JSON.stringify(error ?? {}).slice(0, 200);
    throw new ConnectError('query_failed', `etcd did not renew a lease: ${words}`);
  }
  const ttl = 'TTL' in result ? result.TTL : '0';
  if (isInteger(ttl)) return Math.max(0, Number(ttl) * 1000);
  throw new ConnectError('invalid_data', `etcd answered ${route} with a time to live that is no number`);
}

/** Reads `/v3/kv/txn`: whether the comparison held. Errors: invalid_data. */
export function parseEtcdTransaction(body: string): boolean {
  const { header, succeeded } = parseEtcdObject(body, '/v3/kv/txn');
  if (typeof header === 'object' && header !== null) return succeeded === true;
  throw new ConnectError('invalid_data', 'etcd answered a transaction without a header');
}

const isInteger = (value: unknown): value is string => typeof value === 'string' && /^-?\d+$/u.test(value);
