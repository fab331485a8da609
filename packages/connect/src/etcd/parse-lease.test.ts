import { describe, expect, it } from 'vitest';
import { parseEtcdLease, parseEtcdRenewal, parseEtcdTransaction } from './parse-lease.ts';

describe('what the gateway of etcd 3.4.23 says', () => {
  it('of a new lease', () => {
    expect(parseEtcdLease('{"header":{"revision":"1"},"ID":"7587862094906702866","TTL":"30"}')).toEqual({
      leaseId: '694D805F8390BC12',
      ttlMs: 30_000,
    });
  });

  it('of a renewal, and of one that came too late: zero is left out', () => {
    expect(parseEtcdRenewal('{"result":{"header":{"revision":"1"},"ID":"7587862094906702866","TTL":"30"}}')).toBe(
      30_000,
    );
    expect(parseEtcdRenewal('{"result":{"header":{"revision":"1"},"ID":"7587862094906702866"}}')).toBe(0);
  });

  it('of a transaction: what failed is left out', () => {
    expect(parseEtcdTransaction('{"header":{"revision":"2"},"succeeded":true}')).toBe(true);
    expect(parseEtcdTransaction('{"header":{"revision":"2"}}')).toBe(false);
  });

  it.each([
    ['a lease without an id', () => parseEtcdLease('{"TTL":"30"}')],
    ['a renewal that was refused', () => parseEtcdRenewal('{"error":{"grpc_code":14,"message":"no leader"}}')],
    ['a renewal of a strange life', () => parseEtcdRenewal('{"result":{"TTL":"soon"}}')],
    ['a transaction of nothing', () => parseEtcdTransaction('{}')],
  ])('is refused in another shape: %s', (_, parse) => {
    expect(parse).toThrow(/etcd/);
  });
});
