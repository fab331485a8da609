// The three real PostgreSQL servers that one cluster is measured on and that the simulated ones repeat.
import { readFileSync } from 'node:fs';
import { probes } from '@pgattest/audit';
import { startDemoCluster } from '@pgattest/lab';
import { clusterName } from './fleet-names.mjs';

/** A primary with two streaming replicas; the auditor's role has what its probes ask for. */
export async function startRealServers() {
  const grants = [...new Set(probes.flatMap((probe) => probe.grants))];
  const cluster = await startDemoCluster({
    name: clusterName(0),
    replicas: 2,
    auditorGrants: grants.map((grant) => grant.replaceAll('{role}', 'pgattest_auditor')),
  });
  const password = readFileSync(cluster.passfile('auditor'), 'utf8').trim().split(':').at(-1);
  return {
    version: cluster.serverVersion,
    login: {
      user: 'pgattest_auditor',
      password,
      real: cluster.nodes.map(({ host, port }) => ({ host, port, ca: readFileSync(cluster.caFile, 'utf8') })),
    },
    /** The auditor's configuration of the servers themselves. */
    config: {
      name: cluster.name,
      members: cluster.nodes.map((node) => ({ name: node.name, dsn: cluster.dsn(node, 'auditor') })),
      absent: ['patroni', 'etcd', 'haproxy', 'pgbouncer', 'node', 'monitoring', 'records'],
    },
    stop: () => cluster.stop(),
  };
}
