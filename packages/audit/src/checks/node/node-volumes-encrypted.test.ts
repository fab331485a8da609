import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { seenAt } from '../settings.fixture.ts';
import { nodeVolumesEncrypted } from './node-volumes-encrypted.ts';

test.each<readonly [string, string, FactMap['node.volumes']]>([
  [
    'hardened',
    'pass',
    [
      {
        what: 'pgdata',
        path: '/pg/data',
        realPath: '/data/x',
        mountPoint: '/data',
        source: '/dev/mapper/x',
        fsType: 'xfs',
        options: ['rw'],
        isEncrypted: true,
        sizeBytes: 10,
        availableBytes: 5,
        inodes: 10,
        availableInodes: 5,
      },
    ],
  ],
  [
    'weak: in clear',
    'fail',
    [
      {
        what: 'pgdata',
        path: '/pg/data',
        realPath: '/data/x',
        mountPoint: '/data',
        source: '/dev/mapper/x',
        fsType: 'xfs',
        options: ['rw'],
        isEncrypted: false,
        sizeBytes: 10,
        availableBytes: 5,
        inodes: 10,
        availableInodes: 5,
      },
    ],
  ],
  [
    'the kernel does not say',
    'undecided',
    [
      {
        what: 'pgdata',
        path: '/pg/data',
        realPath: '/data/x',
        mountPoint: '/data',
        source: '/dev/mapper/x',
        fsType: 'xfs',
        options: ['rw'],
        isEncrypted: null,
        sizeBytes: 10,
        availableBytes: 5,
        inodes: 10,
        availableInodes: 5,
      },
    ],
  ],
  [
    '/tmp does not count',
    'pass',
    [
      {
        what: 'pgdata',
        path: '/pg/data',
        realPath: '/data/x',
        mountPoint: '/data',
        source: '/dev/mapper/x',
        fsType: 'xfs',
        options: ['rw'],
        isEncrypted: true,
        sizeBytes: 10,
        availableBytes: 5,
        inodes: 10,
        availableInodes: 5,
      },
      {
        what: 'temporary',
        path: '/pg/data',
        realPath: '/data/x',
        mountPoint: '/data',
        source: '/dev/mapper/x',
        fsType: 'xfs',
        options: ['rw'],
        isEncrypted: false,
        sizeBytes: 10,
        availableBytes: 5,
        inodes: 10,
        availableInodes: 5,
      },
    ],
  ],
  ['not seen', 'undecided', []],
])('%s: %s', (_, outcome, given) => {
  const verdict = nodeVolumesEncrypted.evaluate({ 'node.volumes': given }, nodeVolumesEncrypted.params, seenAt);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
