import {
  ConnectError,
  describePgTarget,
  resolvePgTarget,
  Secret,
  type HttpTarget,
  type PgTarget,
} from '@pgattest/connect';
import { loadConfig, RuntimeError } from '@pgattest/runtime';
import { nodePathsSchema, pigstyPaths } from '../node/paths.ts';
import { sourcesOf } from './inventory-sources.ts';
import type { ComponentTarget, NodeSource } from './component-target.ts';
import type { ClusterContext } from './cluster-context.ts';
import type { DeclaredCluster, DeclaredEtcd, DeclaredHttp, DeclaredMember, DeclaredNode } from './declared.ts';
import { etcdPlaces, httpPlaces } from './places.ts';
import type { AuditorIdentity } from './auditor-identity.ts';
import { recordsPlaces } from './records-places.ts';
import { readCredentials, readSecretLine } from './secret-file.ts';
import { componentKinds, type ComponentKind, type Subject } from './subjects.ts';

export interface Inventory {
  readonly cluster: string;
  /** The cluster itself, then what belongs to it: members, what stands beside them, what stands alone. */
  readonly subjects: readonly Subject[];
  /** How each of them is reached, in the order of the subjects. */
  readonly targets: readonly ComponentTarget[];
}

/** What discovery needs of its surroundings. */
export interface DiscoverOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of this auditor's evidence, of which `records` tell. */
  readonly evidenceDir?: string;
  /** This auditor, where the run is filed. */
  readonly auditor?: AuditorIdentity;
}

/**
 * Turns a declaration into subjects and targets; opens no connection. What the cluster itself says about its members is
 * compared with the declaration afterwards, from the evidence (`reconcile`).
 * Errors: RuntimeError config_invalid naming the member or the file.
 */
export async function discover(declared: DeclaredCluster, options: DiscoverOptions): Promise<Inventory> {
  const logs = await findTarget(declared.monitoring?.logs, 'the log store');
  const instances = (
    await Promise.all(declared.members.map((member) => instanceOf(declared.name, member, options.env)))
  ).map((instance) => (logs === undefined ? instance : { ...instance, logs }));
  refuseOneServerTwice(instances);
  const targets = [
    ...instances,
    ...patroniTargets(declared),
    ...(await pgbouncerTargets(declared, options.env)),
    ...(await nodeTargets(declared)),
    ...(await etcdTargets(declared)),
    ...(await haproxyTargets(declared)),
    ...(await monitoringTargets(declared)),
    ...recordsTargets(declared, options),
  ];
  const cluster: Subject = {
    id: declared.name,
    kind: 'cluster',
    cluster: declared.name,
    ...(declared.vip === undefined ? {} : { places: { vip: declared.vip } }),
    ...absentOf(declared),
  };
  const context: ClusterContext = {
    cluster: declared.name,
    declared: instances
      .filter(({ subject }) => isDeclared(subject.id, declared))
      .map(({ subject, target: { host, port } }) => ({ name: subject.id, host, port, role: null })),
    standbyCluster: declared.standbyCluster,
    sources: sourcesOf(declared.discover ?? [], targets),
  };
  const all: readonly ComponentTarget[] = [{ kind: 'cluster', subject: cluster, context }, ...targets];
  return { cluster: declared.name, subjects: all.map(({ subject }) => subject), targets: all };
}

/** Where nobody declared anything, what was found first stands for the declaration, and the sources are compared. */
const isDeclared = (name: string, { members }: DeclaredCluster): boolean =>
  members.every(({ isFound }) => isFound === true) ||
  members.some((member) => member.name === name && member.isFound !== true);

type InstanceTarget = Extract<ComponentTarget, { readonly kind: 'instance' | 'pgbouncer' }>;

async function instanceOf(
  cluster: string,
  { name, dsn }: DeclaredMember,
  env: DiscoverOptions['env'],
): Promise<InstanceTarget> {
  const target = await resolve(`dsn of instance ${name}`, dsn, env);
  return {
    kind: 'instance',
    subject: { id: name, kind: 'instance', cluster, connect: describePgTarget(target) },
    target,
  };
}

/** Kinds that a cluster has none of: as declared for it, or for each of its members. */
function absentOf({ absent = [], members }: DeclaredCluster): Pick<Subject, 'absent'> {
  const kinds = componentKinds.filter(
    (kind) =>
      absent.includes(kind) ||
      (members.length > 0 && members.every((member) => member.absent?.includes(kind) === true)),
  );
  return kinds.length === 0 ? {} : { absent: kinds };
}

/** What stands beside a member. */
const beside = (
  kind: ComponentKind,
  { cluster, host }: { readonly cluster: string; readonly host: string },
): Subject => ({
  id: `${host}.${kind}`,
  kind,
  cluster,
  member: host,
});

/** A member without what its siblings have: the audit is blind there, and says so. */
function undeclared(kind: 'patroni' | 'pgbouncer' | 'node', cluster: string, host: string): ComponentTarget {
  const message = `${kind} of ${host} is not configured although others have it; declare it, or name it under absent of ${host}`;
  return { kind: 'undeclared', of: kind, subject: beside(kind, { cluster, host }), message };
}

/** Members to look at for a kind: none when nobody declares it, so that the cluster as a whole is told so once. */
const expecting = (
  kind: 'patroni' | 'pgbouncer' | 'node',
  { members, absent }: DeclaredCluster,
): readonly DeclaredMember[] =>
  absent?.includes(kind) === true || members.every((member) => member[kind] === undefined)
    ? []
    : members.filter((member) => member.absent?.includes(kind) !== true);

const patroniTargets = (declared: DeclaredCluster): readonly ComponentTarget[] =>
  expecting('patroni', declared).map(({ name: host, patroni }): ComponentTarget => {
    if (patroni === undefined) return undeclared('patroni', declared.name, host);
    const subject = { ...beside('patroni', { cluster: declared.name, host }), places: httpPlaces(patroni) };
    return { kind: 'patroni', subject, context: { target: httpTarget(patroni) } };
  });

const pgbouncerTargets = async (
  declared: DeclaredCluster,
  env: DiscoverOptions['env'],
): Promise<readonly ComponentTarget[]> =>
  Promise.all(
    expecting('pgbouncer', declared).map(async ({ name: host, pgbouncer }): Promise<ComponentTarget> => {
      if (pgbouncer === undefined) return undeclared('pgbouncer', declared.name, host);
      const target = await resolve(`dsn of pgbouncer of ${host}`, pgbouncer.dsn, env);
      const connect = describePgTarget(target);
      return {
        kind: 'pgbouncer',
        subject: { ...beside('pgbouncer', { cluster: declared.name, host }), connect },
        target,
      };
    }),
  );

/** Hosts of the members, then those that only etcd or HAProxy runs on. */
async function nodeTargets(declared: DeclaredCluster): Promise<readonly ComponentTarget[]> {
  if (declared.absent?.includes('node') === true) return [];
  const others = [...(declared.etcd?.members ?? []), ...(declared.haproxy ?? [])];
  const hosts = [...expecting('node', declared), ...others.filter(({ node }) => node !== undefined)];
  const once = hosts.filter(({ name }, index) => hosts.findIndex((host) => host.name === name) === index);
  return Promise.all(
    once.map(async ({ name: host, node }): Promise<ComponentTarget> =>
      node === undefined
        ? undeclared('node', declared.name, host)
        : {
            kind: 'node',
            subject: beside('node', { cluster: declared.name, host }),
            source: await sourceOf(node, host),
          },
    ),
  );
}

async function sourceOf(node: DeclaredNode, host: string): Promise<NodeSource> {
  if (node.from === 'file') {
    return { from: 'file', host: node.host ?? host, file: node.file, maxAgeMs: node.maxAgeMs };
  }
  const { pathsFile } = node;
  return {
    from: 'local',
    host,
    paths: pathsFile === undefined ? pigstyPaths : await loadConfig(pathsFile, nodePathsSchema),
  };
}

async function etcdTargets({ name: cluster, etcd }: DeclaredCluster): Promise<readonly ComponentTarget[]> {
  if (etcd === undefined) return [];
  const prefix = `/${etcd.namespace.replaceAll(/^\/+|\/+$/gu, '')}/${cluster}/`.replace(/^\/\//u, '/');
  const credentials = await etcdCredentials(etcd);
  return etcd.members.map(({ name: host, url }): ComponentTarget => ({
    kind: 'etcd',
    subject: { ...beside('etcd', { cluster, host }), places: etcdPlaces(etcd, url, prefix) },
    context: { target: { ...httpTarget({ ...tlsFiles(etcd), url }), ...credentials }, prefix },
  }));
}

async function etcdCredentials({ user, passwordFile }: DeclaredEtcd): Promise<Pick<HttpTarget, 'credentials'>> {
  if (user === undefined || passwordFile === undefined) return {};
  return { credentials: { user, password: new Secret(await readSecretLine(passwordFile, 'the password of etcd')) } };
}

const haproxyTargets = async ({ name: cluster, haproxy = [] }: DeclaredCluster): Promise<readonly ComponentTarget[]> =>
  Promise.all(
    haproxy.map(async ({ name: host, stats, services }): Promise<ComponentTarget> => ({
      kind: 'haproxy',
      subject: { ...beside('haproxy', { cluster, host }), places: httpPlaces(stats) },
      context: { stats: await loginTarget(stats, `the credentials of HAProxy on ${host}`), services },
    })),
  );

async function monitoringTargets({ name: cluster, monitoring }: DeclaredCluster): Promise<readonly ComponentTarget[]> {
  if (monitoring === undefined) return [];
  const { prometheus, rules, alertmanager, logs } = monitoring;
  const places = Object.entries({ prometheus, rules, alertmanager, logs }).flatMap(([part, http]) =>
    http === undefined
      ? []
      : Object.entries(httpPlaces(http)).map(
          ([place, value]) => [place === 'url' ? part : `curl${part}`, value] as const,
        ),
  );
  const first = prometheus ?? rules ?? alertmanager ?? logs;
  return [
    {
      kind: 'monitoring',
      subject: {
        id: `${cluster}.monitoring`,
        kind: 'monitoring',
        cluster,
        places: { ...(first === undefined ? {} : httpPlaces(first)), ...Object.fromEntries(places) },
      },
      context: {
        prometheus: await findTarget(prometheus, 'Prometheus'),
        rules: await findTarget(rules, 'the rule evaluator'),
        alertmanager: await findTarget(alertmanager, 'Alertmanager'),
        logs: await findTarget(logs, 'the log store'),
      },
    },
  ];
}

function recordsTargets(
  { name: cluster, records }: DeclaredCluster,
  { evidenceDir, auditor }: DiscoverOptions,
): readonly ComponentTarget[] {
  if (records === undefined) return [];
  const ownFiles = { ...records, drillDir: records.drillDir };
  return [
    {
      kind: 'records',
      subject: { id: `${cluster}.records`, kind: 'records', cluster, places: recordsPlaces({ ...ownFiles, auditor }) },
      context: { cluster, evidenceDir, ...ownFiles, auditor },
    },
  ];
}

const tlsFiles = ({ caFile, certFile, keyFile }: DeclaredEtcd): Omit<DeclaredHttp, 'url'> => ({
  ...(caFile === undefined ? {} : { caFile }),
  ...(certFile === undefined ? {} : { certFile }),
  ...(keyFile === undefined ? {} : { keyFile }),
});

/** Without its credentials: they are read only where they are used. */
function httpTarget({ url, caFile, certFile, keyFile, serverName }: DeclaredHttp): HttpTarget {
  return {
    url,
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

const findTarget = async (http: DeclaredHttp | undefined, what: string): Promise<HttpTarget | undefined> =>
  http === undefined ? undefined : loginTarget(http, `the credentials of ${what}`);

async function loginTarget(http: DeclaredHttp, purpose: string): Promise<HttpTarget> {
  const target = httpTarget(http);
  if (http.credentialsFile === undefined) return target;
  return { ...target, credentials: await readCredentials(http.credentialsFile, purpose) };
}

/** Two names for one address would count one server as two members. */
function refuseOneServerTwice(instances: readonly InstanceTarget[]): void {
  const addressOf = ({ target }: InstanceTarget): string => `${target.host}:${target.port}`;
  for (const [index, instance] of instances.entries()) {
    const first = instances.findIndex((other) => addressOf(other) === addressOf(instance));
    const other = instances[first];
    if (first === index || other === undefined) continue;
    throw new RuntimeError(
      'config_invalid',
      `instances ${other.subject.id} and ${instance.subject.id} are the same server, ${addressOf(instance)}; declare each member once`,
    );
  }
}

async function resolve(what: string, dsn: string, env: DiscoverOptions['env']): Promise<PgTarget> {
  try {
    return await resolvePgTarget(dsn, { env });
  } catch (cause) {
    if (!(cause instanceof ConnectError)) throw cause;
    throw new RuntimeError('config_invalid', `${what}: ${cause.message}`, { cause });
  }
}
