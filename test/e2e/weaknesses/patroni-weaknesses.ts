import { cluster, offline, onCluster, onMembers, onSubject, replica } from './cast.ts';
import { mode, replaced } from './introduce/file.ts';
import { dynamicConfig, memberConfig } from './introduce/patroni.ts';
import type { WeaknessGroup } from './weakness.ts';

/** Patroni's dynamic configuration, and the file of one member. */
export const patroniWeaknesses: WeaknessGroup = {
  name: 'Patroni',
  weaknesses: [
    {
      id: 'ttl too short for its loops',
      sentence: 'the lease may run out while Patroni still tries: ttl below loop_wait + 2 × retry_timeout',
      on: cluster,
      introduce: dynamicConfig({ ttl: 20 }, { ttl: 30 }),
      expected: [...onCluster({ 'cluster-patroni-timing': 'fail' })],
    },
    {
      id: 'failsafe mode off',
      sentence: 'the primary demotes itself when etcd is gone',
      on: cluster,
      introduce: dynamicConfig({ failsafe_mode: false }, { failsafe_mode: true }),
      expected: [...onCluster({ 'cluster-failsafe-mode': 'warn' })],
    },
    {
      id: 'failover however late the replica is',
      sentence: 'a replica that lacks a gigabyte may be promoted',
      on: cluster,
      introduce: dynamicConfig({ maximum_lag_on_failover: 1_073_741_824 }, { maximum_lag_on_failover: 1_048_576 }),
      expected: [...onCluster({ 'cluster-failover-lag': 'fail' })],
    },
    {
      id: 'crashed primary may take an hour',
      sentence: 'nobody is promoted for an hour while a crashed primary tries to start',
      on: cluster,
      introduce: dynamicConfig({ primary_start_timeout: 3600 }, { primary_start_timeout: 25 }),
      expected: [...onCluster({ 'cluster-start-timeout': 'warn' })],
    },
    {
      id: 'cluster paused',
      sentence: 'Patroni is paused: nobody is promoted',
      on: cluster,
      introduce: dynamicConfig({ pause: true }, { pause: null }),
      expected: [...onCluster({ 'cluster-not-paused': 'fail' })],
    },
    {
      id: 'logins not logged on any member',
      sentence: 'the store of the cluster switches the log of logins off',
      on: cluster,
      introduce: dynamicConfig(
        { postgresql: { parameters: { log_connections: 'off' } } },
        { postgresql: { parameters: { log_connections: 'on' } } },
      ),
      expected: [...onMembers({ 'pg-log-connections': 'fail' })],
    },
    {
      id: 'one replica may not be promoted',
      sentence: 'a replica is marked as never to be promoted',
      on: offline,
      introduce: memberConfig(offline, replaced('nofailover: false', 'nofailover: true')),
      expected: [...onCluster({ 'cluster-failover-candidate': 'warn' })],
    },
    {
      id: 'REST API without a login',
      sentence: 'anybody in the network may restart a member: its REST API asks for no login',
      on: replica,
      introduce: memberConfig(replica, (text) =>
        text.replace(/^ {2}authentication:\n {4}username: patroni\n {4}password: .*\n/mu, ''),
      ),
      expected: [...onSubject(`${replica}.patroni`, { 'patroni-rest-authenticated': 'fail' })],
    },
    {
      id: 'REST API open to every address',
      sentence: 'changes through the REST API are taken from every address',
      on: offline,
      introduce: memberConfig(offline, (text) =>
        text.replace(/^ {2}allowlist:\n(?: {4}- .*\n)+/mu, '  allowlist:\n    - 0.0.0.0/0\n'),
      ),
      expected: [...onSubject(`${offline}.patroni`, { 'patroni-allowlist': 'fail' })],
    },
    {
      id: 'patroni.yml readable',
      sentence: 'every account of the host may read the passwords in patroni.yml',
      on: replica,
      introduce: mode(`${replica}/patroni/patroni.yml`, 0o644),
      expected: [
        ...onSubject(`${replica}.patroni`, { 'patroni-config-protected': 'fail' }),
        ...onSubject(`${replica}.node`, { 'node-config-files-protected': 'fail' }),
      ],
    },
  ],
};
