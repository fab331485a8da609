import { describe, expect, it, test } from 'vitest';
import { prefixEnd } from './key-range.ts';
import { parseEtcdMetrics, quantileBound } from './metrics.ts';
import {
  parseEtcdAlarms,
  parseEtcdMembers,
  parseEtcdPermissions,
  parseEtcdRange,
  parseEtcdRefusal,
  parseEtcdStatus,
  parseEtcdVersion,
} from './parse.ts';

describe('what the gateway of etcd 3.4.23 says', () => {
  it('of its state: ids as etcdctl shows them, 64 bit numbers that JSON cannot hold', () => {
    expect(
      parseEtcdStatus(
        '{"header":{"cluster_id":"2101399900433147851","member_id":"12788172145734995263","revision":"274","raft_term":"2"},"version":"3.4.23","dbSize":"81920","leader":"14214525513985929601","raftIndex":"329","raftTerm":"2","raftAppliedIndex":"329","dbSizeInUse":"81920"}',
      ),
    ).toMatchObject({
      memberId: 'B178B6CFD9144D3F',
      leaderId: 'C54423A4A7DBB181',
      dbSizeBytes: 81_920,
      raftTerm: 2,
      isLearner: false,
      errors: [],
    });
  });

  it('of its state without a leader, which is zero and therefore left out', () => {
    expect(
      parseEtcdStatus('{"header":{"member_id":"1"},"version":"3.5.9","errors":["etcdserver: no leader"]}'),
    ).toMatchObject({ leaderId: undefined, errors: ['etcdserver: no leader'] });
  });

  it('of its members, by name; one that never started has none', () => {
    expect(
      parseEtcdMembers(
        '{"members":[{"ID":"2","name":"etcd-2","peerURLs":["https://b:2380"],"clientURLs":["https://b:2379"]},{"ID":"10","peerURLs":["https://a:2380"],"isLearner":true}]}',
      ),
    ).toEqual([
      { id: 'A', name: '', peerUrls: ['https://a:2380'], clientUrls: [], isLearner: true },
      { id: '2', name: 'etcd-2', peerUrls: ['https://b:2380'], clientUrls: ['https://b:2379'], isLearner: false },
    ]);
  });

  it('of alarms, none being an empty object', () => {
    expect(parseEtcdAlarms('{}')).toEqual([]);
    expect(parseEtcdAlarms('{"alarms":[{"memberID":"255","alarm":"NOSPACE"}]}')).toEqual([
      { memberId: 'FF', alarm: 'NOSPACE' },
    ]);
  });

  it('of keys, with the lease they hang on', () => {
    expect(
      parseEtcdRange(
        '{"header":{"revision":"9"},"more":true,"kvs":[{"key":"L2E=","value":"5Lit","create_revision":"3","mod_revision":"9","lease":"8544913987208421136"}]}',
      ),
    ).toEqual({
      revision: '9',
      isMore: true,
      keys: [{ key: '/a', value: '中', createRevision: '3', modRevision: '9', leaseId: '7695A1FF9BD31F10' }],
    });
  });

  it('of a role: reading is the type that is left out', () => {
    expect(
      parseEtcdPermissions(
        '{"perm":[{"key":"L2E=","range_end":"L2I="},{"permType":"READWRITE","key":"AA==","range_end":"AA=="}]}',
      ),
    ).toEqual([
      { type: 'READ', key: '/a', rangeEnd: '/b' },
      { type: 'READWRITE', key: '\0', rangeEnd: '\0' },
    ]);
  });

  it.each([
    ['status', () => parseEtcdStatus('{}')],
    ['version', () => parseEtcdVersion('{"etcdcluster":"3.4.0"}')],
    ['members', () => parseEtcdMembers('{"members":[]}')],
    ['a range', () => parseEtcdRange('{}')],
    ['HTML', () => parseEtcdAlarms('<html>')],
    ['a list', () => parseEtcdAlarms('[]')],
  ])('is refused in another shape: %s', (_, parse) => {
    expect(parse).toThrow(/etcd answered/);
  });

  it('of a refusal, JSON or not', () => {
    expect(parseEtcdRefusal('{"error":"etcdserver: permission denied","code":7}')).toEqual({
      code: 7,
      message: 'etcdserver: permission denied',
    });
    expect(parseEtcdRefusal('Not Found\n')).toEqual({ code: undefined, message: 'Not Found' });
  });
});

test.each([
  ['/pg/', '/pg0'],
  ['a\u007f', 'a\u0080'],
])('the keys below %j end before %j', (prefix, end) => {
  expect(prefixEnd(Buffer.from(prefix, 'latin1'))).toEqual(Buffer.from(end, 'latin1'));
});

test('a prefix of nothing but the last byte reaches to the end of all keys', () => {
  expect(prefixEnd(Buffer.from([0xff, 0xff]))).toEqual(Buffer.from([0]));
});

describe('metrics', () => {
  const text = [
    '# HELP a b',
    'etcd_server_quota_backend_bytes 1.073741824e+09',
    'etcd_disk_wal_fsync_duration_seconds_bucket{le="0.001"} 90',
    'etcd_disk_wal_fsync_duration_seconds_bucket{le="0.008"} 99',
    'etcd_disk_wal_fsync_duration_seconds_bucket{le="+Inf"} 100',
    'etcd_other 1',
  ].join('\n');

  it('are read by name', () => {
    expect(parseEtcdMetrics(text, ['etcd_server_quota_backend_bytes'])).toEqual([
      { name: 'etcd_server_quota_backend_bytes', labels: {}, value: 1_073_741_824 },
    ]);
  });

  it('say within which bound a part of all waits ended', () => {
    const samples = parseEtcdMetrics(text, ['etcd_disk_wal_fsync_duration_seconds']);
    const bound = (q: number) => quantileBound(samples, 'etcd_disk_wal_fsync_duration_seconds', q);
    expect([bound(0.9), bound(0.99), bound(0.999)]).toEqual([0.001, 0.008, Number.POSITIVE_INFINITY]);
    expect(quantileBound([], 'etcd_disk_wal_fsync_duration_seconds', 0.99)).toBeUndefined();
  });
});
