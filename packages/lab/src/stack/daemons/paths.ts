import { hostDirectory, type LabMaterials } from '../materials.ts';

/** What a path depends on. */
export type PathSite = Pick<LabMaterials, 'directory'>;

/** Directories and files of a PostgreSQL member, all owned by `postgres`. */
export interface MemberPaths {
  readonly data: string;
  /** Sockets of PostgreSQL and PgBouncer, 0700. */
  readonly sock: string;
  /** Logs of the server itself, CSV. */
  readonly serverLog: string;
  readonly patroni: string;
  readonly patroniConfig: string;
  readonly bootstrapScript: string;
  readonly bootstrapSql: string;
  /** Written by Patroni. */
  readonly patroniPassfile: string;
  readonly pgbackrest: string;
  readonly pgbackrestConfig: string;
  readonly pgbouncer: string;
  readonly pgbouncerConfig: string;
  readonly pgbouncerUsers: string;
  readonly pgbouncerHba: string;
  /** Passwords of the roles that our exporters and administrators use on this host, pgpass format. */
  readonly passfile: string;
}

/** Where the files of a member are. */
export function memberPaths(site: PathSite, host: string): MemberPaths {
  const base = hostDirectory(site, host);
  return {
    data: `${base}/data`,
    sock: `${base}/sock`,
    serverLog: `${base}/pglog`,
    patroni: `${base}/patroni`,
    patroniConfig: `${base}/patroni/patroni.yml`,
    bootstrapScript: `${base}/patroni/bootstrap.sh`,
    bootstrapSql: `${base}/patroni/bootstrap.sql`,
    patroniPassfile: `${base}/patroni/pgpass`,
    pgbackrest: `${base}/pgbackrest`,
    pgbackrestConfig: `${base}/pgbackrest.conf`,
    pgbouncer: `${base}/pgbouncer`,
    pgbouncerConfig: `${base}/pgbouncer/pgbouncer.ini`,
    pgbouncerUsers: `${base}/pgbouncer/userlist.txt`,
    pgbouncerHba: `${base}/pgbouncer/pgb_hba.conf`,
    passfile: `${base}/patroni/lab.pgpass`,
  };
}

/** The shared directory of a pgBackRest repository, owned by `postgres`, as an NFS mount would be. */
export function repositoryPath(site: PathSite, repository: 1 | 2): string {
  return `${site.directory}/repo${repository}`;
}

/** Directories and files of the monitoring host, owned by `root`. */
export interface MonitorPaths {
  readonly haproxy: string;
  readonly haproxyConfig: string;
  /** Administrative socket of HAProxy. */
  readonly haproxySocket: string;
  readonly victoriaMetrics: string;
  readonly scrapeConfig: string;
  readonly alertmanager: string;
  readonly alertmanagerConfig: string;
  readonly webhook: string;
  /** One JSON document a line for each notification that arrived. */
  readonly notifications: string;
  readonly auditor: string;
  readonly auditorConfig: string;
  readonly auditorPassfile: string;
}

/** Where the files of the monitoring host are. */
export function monitorPaths(site: PathSite, host: string): MonitorPaths {
  const base = hostDirectory(site, host);
  return {
    haproxy: `${base}/haproxy`,
    haproxyConfig: `${base}/haproxy/haproxy.cfg`,
    haproxySocket: `${base}/haproxy/admin.sock`,
    victoriaMetrics: `${base}/victoria-metrics`,
    scrapeConfig: `${base}/victoria-metrics/scrape.yml`,
    alertmanager: `${base}/alertmanager`,
    alertmanagerConfig: `${base}/alertmanager/alertmanager.yml`,
    webhook: `${base}/webhook`,
    notifications: `${base}/webhook/notifications.jsonl`,
    auditor: `${base}/auditor`,
    auditorConfig: `${base}/auditor/audit.yml`,
    auditorPassfile: `${base}/auditor/pgpass`,
  };
}
