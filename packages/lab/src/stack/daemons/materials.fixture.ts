import type { LabMaterials, LabSecrets } from '../materials.ts';
import type { LabOptions } from '../options.ts';
import { buildTopology, defaultLabOptions } from '../topology.ts';

/** Secrets that name themselves, so that a test finds each in a text. */
export const fixtureSecrets: LabSecrets = {
  postgres: 'secret-postgres',
  replicator: 'secret-replicator',
  dbrewind: 'secret-dbrewind',
  dbuser_dba: 'secret-dbuser-dba',
  pgattest_monitor: 'secret-monitor',
  pgattest_auditor: 'secret-auditor',
  pgbouncer: 'secret-pgbouncer',
  app_owner: 'secret-app-owner',
  app_rw: 'secret-app-rw',
  etcdRoot: 'secret-etcd-root',
  etcdPatroni: 'secret-etcd-patroni',
  patroniRest: 'secret-rest',
  haproxyAdmin: 'secret-haproxy',
  backupCipher: 'secret-cipher',
};

/** Materials of a lab with these options and the defaults for the rest. */
export function fixtureMaterials(
  options: Partial<LabOptions> = {},
  rest: Partial<Pick<LabMaterials, 'separateUsers' | 'rulesDirectory'>> = {},
): LabMaterials {
  return {
    topology: buildTopology({ ...defaultLabOptions, ...options }),
    directory: '/lab',
    programs: {
      postgresBin: '/usr/lib/postgresql/15/bin',
      etcd: '/usr/bin/etcd',
      etcdctl: '/usr/bin/etcdctl',
      patroni: '/usr/bin/patroni',
      haproxy: '/usr/sbin/haproxy',
      pgbouncer: '/usr/sbin/pgbouncer',
      pgbackrest: '/usr/bin/pgbackrest',
      victoriaMetrics: '/usr/bin/victoria-metrics',
      vmalert: '/usr/bin/vmalert',
      alertmanager: '/usr/bin/prometheus-alertmanager',
      node: '/usr/bin/node',
    },
    secrets: fixtureSecrets,
    entry: '/pgattest/bin/pgattest.js',
    rulesDirectory: '/pgattest/rules',
    auditorGrants: ['GRANT pg_monitor TO {role}'],
    path: '/usr/sbin:/usr/bin:/sbin:/bin',
    separateUsers: true,
    ...rest,
  };
}

/** The kinds of lab that the options can describe, by name. */
export const fixtureVariants: readonly (readonly [string, Partial<LabOptions>])[] = [
  ['three nodes', {}],
  ['crit', { durability: 'crit' }],
  ['five nodes', { nodes: 5 }],
  ['two nodes', { nodes: 2, etcdMembers: 2 }],
  ['two nodes and an arbiter', { nodes: 2, arbiter: true, etcdMembers: 3 }],
  ['one etcd, no backup, no monitoring', { etcdMembers: 1, backup: false, monitoring: false }],
  ['a delayed standby cluster', { standbyCluster: { delaySeconds: 60 } }],
  ['loopback', { isolation: 'loopback', subnet: '127.0.0' }],
];
