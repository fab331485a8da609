import { expect, test } from 'vitest';
import { certificateNames } from './identities.ts';
import { completeOptions } from './lab-options.ts';
import { buildTopology, getHost } from './topology.ts';

test('a member is named by its own address and by that of the services in front of it, other hosts by their own', () => {
  const topology = buildTopology(completeOptions({ standbyCluster: { delaySeconds: 3600 } }));
  const namesOf = (host: string): readonly string[] => certificateNames(topology, getHost(topology, host));
  expect(namesOf('pg-test-2')).toEqual([
    'pg-test-2',
    'localhost',
    '198.51.100.12',
    '127.0.0.1',
    'mon',
    '198.51.100.10',
  ]);
  expect(namesOf('pg-testb-1')).toContain('198.51.100.10');
  expect(namesOf('etcd-1')).toEqual(['etcd-1', 'localhost', '198.51.100.21', '127.0.0.1']);
});
