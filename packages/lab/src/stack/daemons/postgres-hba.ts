import type { LabMaterials } from '../materials.ts';
import type { LabMember } from '../topology.ts';

/** Where this server may be reached from, as networks of pg_hba.conf. */
interface Sources {
  /** Members that stream from this one or rewind to it. */
  readonly replicas: readonly string[];
  /** The monitoring host: HAProxy, the auditor, clients. */
  readonly monitor: readonly string[];
}

/**
 * Rules of pg_hba.conf of a member: named roles from named addresses over TLS with SCRAM, superusers on the Unix socket
 * only, everything else refused by a last rule of its own.
 */
export function hbaRules(materials: LabMaterials, member: LabMember): readonly string[] {
  const { replicas, monitor } = sourcesOf(materials, member);
  const remote = (database: string, role: string, networks: readonly string[]): readonly string[] =>
    networks.map((network) => rule('hostssl', database, role, network, 'scram-sha-256'));
  return [
    // Without a user of its own the server cannot tell the administrator from any other process of the caller.
    rule('local', 'all', 'postgres', '', materials.separateUsers ? 'peer' : 'scram-sha-256'),
    rule('local', 'all', 'dbuser_dba', '', 'scram-sha-256'),
    rule('local', 'postgres,app', 'pgbouncer,pgattest_monitor', '', 'scram-sha-256'),
    rule('local', 'app', 'app_owner,app_rw', '', 'scram-sha-256'),
    ...remote('replication', 'replicator', replicas),
    ...remote('postgres', 'dbrewind', replicas),
    ...remote('postgres,app', 'pgattest_monitor,pgattest_auditor', monitor),
    ...remote('app', 'app_owner,app_rw', monitor),
    rule('host', 'all', 'all', 'all', 'reject'),
    rule('host', 'replication', 'all', 'all', 'reject'),
  ];
}

function sourcesOf({ topology }: LabMaterials, member: LabMember): Sources {
  // On loopback the kernel gives every connection the source 127.0.0.1, whatever addresses the hosts have.
  if (topology.options.isolation === 'loopback') return { replicas: ['127.0.0.1/32'], monitor: ['127.0.0.1/32'] };
  const isMain = member.cluster === topology.options.cluster;
  const replicas = isMain ? [...topology.members, ...topology.standbyMembers] : topology.standbyMembers;
  return {
    replicas: replicas.map(({ address }) => `${address}/32`),
    monitor: [`${topology.monitor.address}/32`],
  };
}

function rule(type: string, database: string, role: string, network: string, method: string): string {
  return [type, database, role, network, method].filter((word) => word !== '').join(' ');
}
