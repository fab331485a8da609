import { dirname, join } from 'node:path';
import type { NodePaths } from './paths.ts';

/** What a file of a node is for. */
export type FileRole =
  'pgdata' | 'wal' | 'tablespace' | 'server-config' | 'config' | 'secret' | 'key' | 'log-folder' | 'etcd-data';

/** Files that every layout has, with their role. `secret`: holds passwords or verifiers by its nature. */
export const knownFiles = (paths: NodePaths): readonly { readonly role: FileRole; readonly path: string }[] => [
  { role: 'pgdata', path: paths.pgData },
  { role: 'wal', path: join(paths.pgData, 'pg_wal') },
  ...['postgresql.conf', 'postgresql.auto.conf', 'pg_hba.conf', 'pg_ident.conf'].map((name) => ({
    role: 'server-config' as const,
    path: join(paths.pgData, name),
  })),
  { role: 'log-folder', path: paths.pgLog },
  { role: 'secret', path: paths.patroniConfig },
  { role: 'config', path: paths.pgbouncerIni },
  { role: 'config', path: join(dirname(paths.pgbouncerIni), 'pgb_hba.conf') },
  { role: 'secret', path: paths.pgbouncerUserlist },
  { role: 'secret', path: paths.pgbackrestConfig },
  { role: 'secret', path: paths.haproxyConfig },
  { role: 'config', path: paths.etcdConfig },
  { role: 'secret', path: join(dirname(paths.etcdConfig), 'etcd.pass') },
  { role: 'etcd-data', path: paths.etcdData },
  { role: 'secret', path: paths.vipManagerConfig },
  { role: 'secret', path: paths.pgpass },
  ...['pg_exporter', 'pgbouncer_exporter', 'pgbackrest_exporter'].map((name) => ({
    role: 'secret' as const,
    path: `/etc/default/${name}`,
  })),
  { role: 'key', path: join(paths.pgCert, 'server.key') },
  { role: 'key', path: join(paths.etcdCert, 'server.key') },
];
