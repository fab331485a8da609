import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuntimeError } from '@pgattest/runtime';
import { parseUsers, type SystemUser } from '../process/system-user.ts';
import type { LabPrograms } from './materials.ts';
import { runProgram } from './run-program.ts';
import { labPorts, type Topology } from './topology.ts';

/** Where the programs of Debian are; the caller's own PATH may hold another Python or PostgreSQL. */
export const labPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The parts of the machine that the lab uses, found and in order. */
export interface Machine {
  readonly programs: LabPrograms;
  readonly nsenter: string;
  readonly setpriv: string;
  readonly users: Readonly<Record<'postgres' | 'etcd', SystemUser>> | undefined;
}

/** Something that is not installed, and where it comes from. */
interface Missing {
  readonly what: string;
  readonly package: string;
}

const socketPathLimit = 107;

/**
 * Finds every program the lab needs. Errors: usage, with everything that is missing in one sentence and the line that
 * installs it, or a directory whose sockets would have too long a name.
 */
export async function inspectMachine(topology: Topology, directory: string, asRoot: boolean): Promise<Machine> {
  const { options } = topology;
  const missing: Missing[] = [];
  const find = (name: string, debianPackage: string): string => {
    const path = findProgram(name);
    if (path === undefined) missing.push({ what: name, package: debianPackage });
    return path ?? name;
  };
  const postgresBin = `/usr/lib/postgresql/${options.major}/bin`;
  if (!isExecutable(join(postgresBin, 'postgres')) || !isExecutable(join(postgresBin, 'psql'))) {
    missing.push({ what: `PostgreSQL ${options.major}`, package: `postgresql-${options.major}` });
  } else {
    for (const [library, suffix] of Object.entries(libraries)) {
      if (existsSync(`/usr/lib/postgresql/${options.major}/lib/${library}.so`)) continue;
      missing.push({ what: library, package: `postgresql-${options.major}-${suffix}` });
    }
  }
  const programs: LabPrograms = {
    postgresBin,
    etcd: find('etcd', 'etcd-server'),
    etcdctl: find('etcdctl', 'etcd-client'),
    patroni: find('patroni', 'patroni'),
    haproxy: find('haproxy', 'haproxy'),
    pgbouncer: find('pgbouncer', 'pgbouncer'),
    pgbackrest: options.backup ? find('pgbackrest', 'pgbackrest') : 'pgbackrest',
    victoriaMetrics: options.monitoring ? find('victoria-metrics', 'victoria-metrics') : 'victoria-metrics',
    vmalert: options.monitoring ? find('vmalert', 'victoria-metrics') : 'vmalert',
    alertmanager: options.monitoring
      ? find('prometheus-alertmanager', 'prometheus-alertmanager')
      : 'prometheus-alertmanager',
    node: process.execPath,
  };
  if (options.isolation === 'namespaces') {
    find('ip', 'iproute2');
    find('unshare', 'util-linux');
  }
  const nsenter = find('nsenter', 'util-linux');
  const setpriv = find('setpriv', 'util-linux');
  if (findProgram('patroni') !== undefined && !(await hasPythonModule('idna'))) {
    // Debian's Patroni loops "No module named 'idna'" as soon as etcd speaks TLS.
    missing.push({ what: "Python's idna", package: 'python3-idna' });
  }
  const users = asRoot ? findUsers(missing) : undefined;
  assertNothingMissing(missing);
  assertSocketPaths(topology, directory);
  return { programs, nsenter, setpriv, users };
}

/** Libraries that the configuration preloads beside PostgreSQL's own, and the end of the name of Debian's package. */
const libraries = { pgaudit: 'pgaudit' } as const;

function findProgram(name: string): string | undefined {
  return labPath
    .split(':')
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function hasPythonModule(name: string): Promise<boolean> {
  // The interpreter that Debian's programs name in their first line.
  if (!isExecutable('/usr/bin/python3')) return false;
  const argv = ['/usr/bin/python3', '-c', `import ${name}`] as const;
  return (await runProgram({ argv: [...argv], env: { PATH: labPath }, cwd: '/', timeoutMs: 20_000 })).code === 0;
}

function findUsers(missing: Missing[]): Readonly<Record<'postgres' | 'etcd', SystemUser>> | undefined {
  const accounts = parseUsers(readFileSync('/etc/passwd', 'utf8'));
  const postgres = accounts.find(({ name }) => name === 'postgres');
  const etcd = accounts.find(({ name }) => name === 'etcd');
  if (postgres === undefined) missing.push({ what: 'user postgres', package: 'postgresql-common' });
  if (etcd === undefined) missing.push({ what: 'user etcd', package: 'etcd-server' });
  return postgres === undefined || etcd === undefined ? undefined : { postgres, etcd };
}

function assertNothingMissing(missing: readonly Missing[]): void {
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((one) => one.package))];
  const what = missing.map((one) => one.what).join(', ');
  throw new RuntimeError(
    'usage',
    `the lab needs ${what}, which ${missing.length === 1 ? 'is' : 'are'} not installed; run: apt-get install --no-install-recommends ${packages.join(' ')}`,
  );
}

function assertSocketPaths(topology: Topology, directory: string): void {
  const names = [...topology.members, ...topology.standbyMembers].map(({ name }) => name);
  const longest = names.reduce((one, other) => (other.length > one.length ? other : one), '');
  const path = `${directory}/${longest}/sock/.s.PGSQL.${labPorts.postgres}`;
  if (Buffer.byteLength(path) <= socketPathLimit) return;
  throw new RuntimeError(
    'usage',
    `${path} is longer than the ${socketPathLimit} bytes a Unix socket may have; use a shorter --name or --cluster, or a shorter TMPDIR`,
  );
}
