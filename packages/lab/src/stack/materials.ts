import type { LabUser } from './daemon.ts';
import type { Topology } from './topology.ts';

/** Passwords of one lab, random at every start; none may appear in an argument, a log or a title. */
export interface LabSecrets {
  readonly postgres: string;
  readonly replicator: string;
  readonly dbrewind: string;
  readonly dbuser_dba: string;
  readonly pgattest_monitor: string;
  readonly pgattest_auditor: string;
  readonly pgbouncer: string;
  /** Owner of database `app`; may log in so that tests can change its tables. */
  readonly app_owner: string;
  /** Writes rows through the services. */
  readonly app_rw: string;
  /** `root` of etcd. */
  readonly etcdRoot: string;
  /** Patroni's user in etcd; its name is the cluster's. */
  readonly etcdPatroni: string;
  /** User `patroni` of Patroni's REST API. */
  readonly patroniRest: string;
  /** User `admin` of HAProxy's statistics page. */
  readonly haproxyAdmin: string;
  /** Passphrase of the second pgBackRest repository. */
  readonly backupCipher: string;
}

/** The paths of one identity: readable by the user it is for, keys 0600. */
export interface IdentityFiles {
  readonly authority: string;
  /** SAN: host name, address, 127.0.0.1, localhost; for servers and clients (etcd peers are both). */
  readonly certificate: string;
  readonly key: string;
  /** CN: `<cluster>` for `postgres`, `etcd` for `etcd`, `root` for `root`; for clients only. */
  readonly clientCertificate: string;
  readonly clientKey: string;
}

/** Absolute paths of the Debian programs, as the preflight found them. */
export interface LabPrograms {
  /** `/usr/lib/postgresql/15/bin`: postgres, psql, pg_ctl, ... */
  readonly postgresBin: string;
  readonly etcd: string;
  readonly etcdctl: string;
  readonly patroni: string;
  readonly haproxy: string;
  readonly pgbouncer: string;
  readonly pgbackrest: string;
  readonly victoriaMetrics: string;
  readonly vmalert: string;
  readonly alertmanager: string;
  /** Node.js itself, for our own programs. */
  readonly node: string;
}

/** Everything a definition of a daemon may need; made by the supervisor before any daemon starts. */
export interface LabMaterials {
  readonly topology: Topology;
  /** The lab's own directory, 0711. */
  readonly directory: string;
  readonly programs: LabPrograms;
  readonly secrets: LabSecrets;
  /** Script of the `pgattest` command: `[programs.node, entry, 'exporter', 'pg', ...]`. */
  readonly entry: string;
  /** Generated rules of the repository or the package (`rules/`); undefined where there are none. */
  readonly rulesDirectory: string | undefined;
  /** Statements that give a role what the audit probes read; `{role}` stands for its name. */
  readonly auditorGrants: readonly string[];
  /** PATH for programs that look for others: Patroni, archive_command. */
  readonly path: string;
  /** Whether each component has a user of its own; false = everything runs as the caller. */
  readonly separateUsers: boolean;
}

/** Directory of a host: `<lab>/<host>`, 0711, owned by root; what is in it belongs to the daemons' users. */
export function hostDirectory(materials: Pick<LabMaterials, 'directory'>, host: string): string {
  return `${materials.directory}/${host}`;
}

/** Log file of a daemon: what it writes to stdout and stderr. */
export function logFileOf(materials: Pick<LabMaterials, 'directory'>, daemonId: string): string {
  return `${materials.directory}/log/${daemonId}.log`;
}

/**
 * The certificates of a host for a user of it, in `<lab>/<host>/pki-<user>`. There are some for `postgres` on every
 * member, for `etcd` on every etcd host, for `root` everywhere.
 */
export function identityOf(materials: Pick<LabMaterials, 'directory'>, host: string, user: LabUser): IdentityFiles {
  const directory = `${hostDirectory(materials, host)}/pki-${user}`;
  return {
    authority: `${directory}/ca.crt`,
    certificate: `${directory}/server.crt`,
    key: `${directory}/server.key`,
    clientCertificate: `${directory}/client.crt`,
    clientKey: `${directory}/client.key`,
  };
}
