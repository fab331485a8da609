import { resolve } from 'node:path';
import { parseDurationMs } from '@pgattest/runtime';
import type {
  DeclaredCluster,
  DeclaredEtcd,
  DeclaredHaproxy,
  DeclaredHttp,
  DeclaredMember,
  DeclaredMonitoring,
  DeclaredNode,
  DeclaredSource,
} from '../inventory/declared.ts';
import type { AuditConfig } from './schema.ts';

type ClusterConfig = AuditConfig['clusters'][number];
type MemberConfig = NonNullable<ClusterConfig['members']>[number];
type EtcdConfig = NonNullable<ClusterConfig['etcd']>;
type HttpConfig = NonNullable<NonNullable<ClusterConfig['monitoring']>['prometheus']>;
type NodeConfig = NonNullable<MemberConfig['node']>;

/** Members of a cluster, under the key that names them. */
export const membersOf = ({ members, instances }: ClusterConfig): readonly MemberConfig[] => members ?? instances ?? [];

/** A cluster of the configuration as the auditor uses it. Paths are relative to `base`. */
export function clusterOf(config: ClusterConfig, base: string): DeclaredCluster {
  const {
    name,
    etcd,
    haproxy,
    monitoring,
    records,
    vip,
    standby_cluster: standbyCluster,
    absent,
    discover,
    found,
  } = config;
  return {
    name,
    members: membersOf(config).map((member) => memberOf(member, base)),
    ...(etcd === undefined ? {} : { etcd: etcdOf(etcd, base) }),
    ...(haproxy === undefined ? {} : { haproxy: haproxy.map((proxy) => haproxyOf(proxy, base)) }),
    ...(monitoring === undefined ? {} : { monitoring: monitoringOf(monitoring, base) }),
    ...(records === undefined ? {} : { records: recordsOf(records, base) }),
    ...(vip === undefined ? {} : { vip }),
    ...(standbyCluster === undefined ? {} : { standbyCluster }),
    ...(absent === undefined ? {} : { absent }),
    ...(found === undefined ? {} : { found: memberOf({ ...found, name: '' }, base) }),
    ...(discover === undefined ? {} : { discover: discover.map((source) => sourceOf(source, base)) }),
  };
}

function recordsOf(
  records: NonNullable<ClusterConfig['records']>,
  base: string,
): NonNullable<DeclaredCluster['records']> {
  const { drill_dir: drills, drill_public_key: key, changes_file: changes, baseline_dir: baselines } = records;
  return {
    ...(drills === undefined ? {} : { drillDir: resolve(base, drills) }),
    ...(key === undefined ? {} : { drillPublicKey: resolve(base, key) }),
    ...(changes === undefined ? {} : { changesFile: resolve(base, changes) }),
    ...(baselines === undefined ? {} : { baselineDir: resolve(base, baselines) }),
  };
}

function memberOf({ name, dsn, patroni, pgbouncer, node, absent }: MemberConfig, base: string): DeclaredMember {
  return {
    name,
    dsn,
    ...(patroni === undefined ? {} : { patroni: httpOf(patroni, base) }),
    ...(pgbouncer === undefined ? {} : { pgbouncer }),
    ...(node === undefined ? {} : { node: nodeOf(node, base) }),
    ...(absent === undefined ? {} : { absent }),
  };
}

function nodeOf({ facts, host, max_age: maxAge, paths }: NodeConfig, base: string): DeclaredNode {
  if (facts === undefined)
    return { from: 'local', ...(paths === undefined ? {} : { pathsFile: resolve(base, paths) }) };
  const file = resolve(base, facts);
  return { from: 'file', file, maxAgeMs: parseDurationMs(maxAge), ...(host === undefined ? {} : { host }) };
}

const tlsOf = (
  { ca, cert, key }: Pick<HttpConfig, 'ca' | 'cert' | 'key'>,
  base: string,
): Pick<DeclaredHttp, 'caFile' | 'certFile' | 'keyFile'> => ({
  ...(ca === undefined ? {} : { caFile: resolve(base, ca) }),
  ...(cert === undefined ? {} : { certFile: resolve(base, cert) }),
  ...(key === undefined ? {} : { keyFile: resolve(base, key) }),
});

function httpOf(
  http: Omit<HttpConfig, 'credentials_file'> & Pick<HttpConfig, 'credentials_file'>,
  base: string,
): DeclaredHttp {
  const { url, server_name: serverName, credentials_file: credentialsFile } = http;
  return {
    url,
    ...tlsOf(http, base),
    ...(serverName === undefined ? {} : { serverName }),
    ...(credentialsFile === undefined ? {} : { credentialsFile: resolve(base, credentialsFile) }),
  };
}

function etcdOf(etcd: EtcdConfig, base: string): DeclaredEtcd {
  const { members, user, password_file: passwordFile, namespace } = etcd;
  return {
    members: members.map(({ name, url, node }) => ({
      name,
      url,
      ...(node === undefined ? {} : { node: nodeOf(node, base) }),
    })),
    ...tlsOf(etcd, base),
    ...(user === undefined ? {} : { user }),
    ...(passwordFile === undefined ? {} : { passwordFile: resolve(base, passwordFile) }),
    namespace,
  };
}

function haproxyOf(
  { name, stats, services, node }: NonNullable<ClusterConfig['haproxy']>[number],
  base: string,
): DeclaredHaproxy {
  return { name, stats: httpOf(stats, base), services, ...(node === undefined ? {} : { node: nodeOf(node, base) }) };
}

function monitoringOf(
  { prometheus, rules, alertmanager, logs }: NonNullable<ClusterConfig['monitoring']>,
  base: string,
): DeclaredMonitoring {
  return {
    ...(prometheus === undefined ? {} : { prometheus: httpOf(prometheus, base) }),
    ...(rules === undefined ? {} : { rules: httpOf(rules, base) }),
    ...(alertmanager === undefined ? {} : { alertmanager: httpOf(alertmanager, base) }),
    ...(logs === undefined ? {} : { logs: httpOf(logs, base) }),
  };
}

function sourceOf(source: NonNullable<ClusterConfig['discover']>[number], base: string): DeclaredSource {
  const { from, file, url } = source;
  if (from === 'pigsty') return { from, file: resolve(base, file ?? 'pigsty.yml') };
  return from === 'etcd' || url === undefined ? { from } : { from, http: { url, ...tlsOf(source, base) } };
}
