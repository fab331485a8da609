/** Where things are on a node; defaults are Pigsty's, `collect-node --paths` replaces them. */
export interface NodePaths {
  readonly pgData: string;
  readonly pgBin: string;
  readonly pgLog: string;
  /** Folder of the server's certificate and key. */
  readonly pgCert: string;
  readonly pgpass: string;
  readonly patroniConfig: string;
  readonly pgbouncerIni: string;
  readonly pgbouncerUserlist: string;
  readonly pgbackrestConfig: string;
  readonly haproxyConfig: string;
  readonly etcdConfig: string;
  readonly etcdData: string;
  /** Folder of etcd's certificates and keys. */
  readonly etcdCert: string;
  /** Folder that snapshots of etcd are saved to. */
  readonly etcdSnapshots: string;
  readonly vipManagerConfig: string;
  /** Folder below which data directories of PostgreSQL, restores and dumps may have been left. */
  readonly dataRoot: string;
  readonly pgUser: string;
  /** Empty: the first stanza that the configuration of pgBackRest names. */
  readonly stanza: string;
}

/** A node as Pigsty lays it out. */
export const pigstyPaths: NodePaths = Object.freeze({
  pgData: '/pg/data',
  pgBin: '/usr/pgsql/bin',
  pgLog: '/pg/log',
  pgCert: '/pg/cert',
  pgpass: '/var/lib/pgsql/.pgpass',
  patroniConfig: '/etc/patroni/patroni.yml',
  pgbouncerIni: '/etc/pgbouncer/pgbouncer.ini',
  pgbouncerUserlist: '/etc/pgbouncer/userlist.txt',
  pgbackrestConfig: '/etc/pgbackrest/pgbackrest.conf',
  haproxyConfig: '/etc/haproxy/haproxy.cfg',
  etcdConfig: '/etc/etcd/etcd.conf',
  etcdData: '/data/etcd',
  etcdCert: '/etc/etcd',
  etcdSnapshots: '/data/backups/etcd',
  vipManagerConfig: '/etc/default/vip-manager.yml',
  dataRoot: '/data',
  pgUser: 'postgres',
  stanza: '',
});

const absolute = { type: 'string', pattern: '^/' } as const;

/** Schema of a `--paths` file: any of the names, each an absolute path, the user and the stanza names. */
export const nodePathsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(
      Object.entries<string>({ ...pigstyPaths }).map(
        ([name, value]) => [name, { ...absolute, default: value }] as const,
      ),
    ),
    pgUser: { type: 'string', minLength: 1, default: pigstyPaths.pgUser },
    stanza: { type: 'string', default: pigstyPaths.stanza },
  },
};
