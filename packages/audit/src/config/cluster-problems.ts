import { membersOf } from './clusters.ts';
import type { ConfigPath, ConfigProblem } from './place.ts';
import type { AuditConfig } from './schema.ts';

type ClusterConfig = AuditConfig['clusters'][number];

/** What is wrong with the clusters of a configuration beyond what its schema says. */
export function clusterProblems(clusters: readonly ClusterConfig[]): readonly ConfigProblem[] {
  return [
    ...repeatedNames(clusters),
    ...clusters.flatMap((cluster, index) => {
      const at: ConfigPath = ['clusters', index];
      return [
        ...memberListProblems(cluster, at),
        ...dsnProblems(cluster, at),
        ...nodeProblems(cluster, at),
        ...etcdProblems(cluster, at),
        ...absentProblems(cluster, at),
        ...sourceProblems(cluster, at),
      ];
    }),
  ];
}

const dsnRemedy = 'write it to a password file (mode 0600) and name that with passfile=, or set PGPASSFILE';

const keyOfMembers = ({ members }: ClusterConfig): 'members' | 'instances' =>
  members === undefined ? 'instances' : 'members';

/** Names are ids of subjects and of metrics: a member and a cluster of one name could not be told apart. */
function repeatedNames(clusters: readonly ClusterConfig[]): readonly ConfigProblem[] {
  const names = clusters.flatMap((cluster, index) => [
    { name: cluster.name, path: ['clusters', index, 'name'] },
    ...membersOf(cluster).map(({ name }, member) => ({
      name,
      path: ['clusters', index, keyOfMembers(cluster), member, 'name'],
    })),
  ]);
  const repeated = names.filter(({ name }, index) => names.findIndex((other) => other.name === name) !== index);
  const stores = clusters.flatMap((cluster, index) => [
    ...repeatsIn(cluster.etcd?.members ?? [], 'member of etcd', ['clusters', index, 'etcd', 'members']),
    ...repeatsIn(cluster.haproxy ?? [], 'load balancer', ['clusters', index, 'haproxy']),
  ]);
  return [
    ...repeated.map(({ name, path }) => ({ path, message: `cluster or instance ${name} is declared twice` })),
    ...stores,
  ];
}

const repeatsIn = (
  items: readonly { readonly name: string }[],
  what: string,
  at: ConfigPath,
): readonly ConfigProblem[] =>
  items.flatMap(({ name }, index) =>
    items.findIndex((other) => other.name === name) === index
      ? []
      : [{ path: [...at, index, 'name'], message: `${what} ${name} is declared twice` }],
  );

function memberListProblems(cluster: ClusterConfig, at: ConfigPath): readonly ConfigProblem[] {
  const { members, instances } = cluster;
  if (members !== undefined && instances !== undefined) {
    return [{ path: [...at, 'instances'], message: 'is the older name of members; keep one of the two' }];
  }
  if (cluster.found !== undefined && cluster.discover === undefined) {
    return [{ path: [...at, 'found'], message: 'needs discover, which says who knows the members' }];
  }
  return members === undefined && instances === undefined && cluster.found === undefined
    ? [{ path: at, message: 'lacks the key "members"; list the PostgreSQL servers, or give discover and found' }]
    : [];
}

function dsnProblems(cluster: ClusterConfig, at: ConfigPath): readonly ConfigProblem[] {
  const remedy = dsnRemedy;
  const found = [cluster.found?.dsn, cluster.found?.pgbouncer?.dsn].some(
    (dsn) => dsn !== undefined && holdsPassword(dsn),
  )
    ? [{ path: [...at, 'found'], message: `dsn of found holds a password; ${remedy}` }]
    : [];
  const members = membersOf(cluster).flatMap(({ name, dsn, pgbouncer }, index) => {
    const path = [...at, keyOfMembers(cluster), index];
    return [
      ...(holdsPassword(dsn)
        ? [{ path: [...path, 'dsn'], message: `dsn of instance ${name} holds a password; ${remedy}` }]
        : []),
      ...(pgbouncer !== undefined && holdsPassword(pgbouncer.dsn)
        ? [{ path: [...path, 'pgbouncer', 'dsn'], message: `dsn of pgbouncer of ${name} holds a password; ${remedy}` }]
        : []),
    ];
  });
  return [...members, ...found];
}

function nodeProblems(cluster: ClusterConfig, at: ConfigPath): readonly ConfigProblem[] {
  const nodes = [
    { node: cluster.found?.node, path: [...at, 'found', 'node'] },
    ...membersOf(cluster).map(({ node }, index) => ({ node, path: [...at, keyOfMembers(cluster), index, 'node'] })),
    ...(cluster.etcd?.members ?? []).map(({ node }, index) => ({
      node,
      path: [...at, 'etcd', 'members', index, 'node'],
    })),
    ...(cluster.haproxy ?? []).map(({ node }, index) => ({ node, path: [...at, 'haproxy', index, 'node'] })),
  ];
  return nodes.flatMap(({ node, path }) => {
    if (node === undefined) return [];
    if ((node.local === true) === (node.facts !== undefined)) {
      return [{ path, message: 'needs exactly one of local: true (this host) and facts (a file of collect-node)' }];
    }
    if (node.facts !== undefined && node.paths !== undefined) {
      return [{ path: [...path, 'paths'], message: 'belongs to local; collect-node takes its own --paths' }];
    }
    return [];
  });
}

function etcdProblems({ etcd }: ClusterConfig, at: ConfigPath): readonly ConfigProblem[] {
  if (etcd === undefined || (etcd.user === undefined) === (etcd.password_file === undefined)) return [];
  return [{ path: [...at, 'etcd'], message: 'needs both user and password_file, or neither' }];
}

/** What is declared absent and declared all the same would be judged, or not, by chance. */
function absentProblems(cluster: ClusterConfig, at: ConfigPath): readonly ConfigProblem[] {
  const { absent = [], etcd, haproxy, monitoring, records } = cluster;
  const members = membersOf(cluster);
  const declared = {
    patroni: members.some(({ patroni }) => patroni !== undefined),
    pgbouncer: members.some(({ pgbouncer }) => pgbouncer !== undefined),
    node: members.some(({ node }) => node !== undefined),
    etcd: etcd !== undefined,
    haproxy: haproxy !== undefined,
    monitoring: monitoring !== undefined,
    records: records !== undefined,
  };
  const whole = Object.entries(declared).flatMap(([kind, isDeclared]) =>
    isDeclared && absent.some((word) => word === kind)
      ? [
          {
            path: [...at, 'absent'],
            message: `says that there is no ${kind}, which is declared; remove one of the two`,
          },
        ]
      : [],
  );
  const each = members.flatMap((member, index) =>
    (['patroni', 'pgbouncer', 'node'] as const).flatMap((kind) =>
      member.absent?.includes(kind) === true && member[kind] !== undefined
        ? [
            {
              path: [...at, keyOfMembers(cluster), index, 'absent'],
              message: `says that ${member.name} has no ${kind}, which is declared; remove one of the two`,
            },
          ]
        : [],
    ),
  );
  return [...whole, ...each];
}

function sourceProblems(cluster: ClusterConfig, at: ConfigPath): readonly ConfigProblem[] {
  return (cluster.discover ?? []).flatMap(({ from, file, url }, index) => {
    const path = [...at, 'discover', index];
    if ((from === 'pigsty') !== (file !== undefined)) {
      return [
        {
          path,
          message: from === 'pigsty' ? 'lacks the key "file", the inventory' : `takes no file with from: ${from}`,
        },
      ];
    }
    if (from !== 'patroni' && url !== undefined) return [{ path, message: `takes no url with from: ${from}` }];
    if (from === 'patroni' && url === undefined && membersOf(cluster).every(({ patroni }) => patroni === undefined)) {
      return [{ path, message: 'has no url, and no member has the key patroni, so there is nobody to ask' }];
    }
    return from === 'etcd' && cluster.etcd === undefined
      ? [{ path, message: 'the cluster has no key etcd, so there is nobody to ask' }]
      : [];
  });
}

/** Whether a connection string carries a password of its own, in URL or keyword form. */
export const holdsPassword = (dsn: string): boolean =>
  /^[a-z]+:\/\/[^/?#@]*:[^/?#@]+@/iu.test(dsn) || /(?:^|[\s?&])(?:ssl)?password\s*=\s*\S/iu.test(dsn);
