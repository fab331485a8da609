import type { PgTarget } from './session-api.ts';

/** Whether the target is a Unix socket: its host is the socket's directory. */
export function isUnixSocket(target: PgTarget): boolean {
  return target.host.startsWith('/');
}

/** `host:port/database` for messages; holds no secret. */
export function nameOfTarget({ host, port, database }: PgTarget): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

/** The target as a libpq keyword string that psql takes, without any password. */
export function describePgTarget(target: PgTarget): string {
  const timeoutMs = target.connectTimeoutMs;
  const parameters: readonly (readonly [key: string, value: string | undefined])[] = [
    ['host', target.host],
    ['hostaddr', target.hostAddress],
    ['port', String(target.port)],
    ['user', target.user],
    ['dbname', target.database],
    ['sslmode', target.sslMode],
    ['sslrootcert', target.sslRootCert],
    ['sslcert', target.sslCert],
    ['sslkey', target.sslKey],
    ['passfile', target.passfile],
    ['application_name', target.applicationName],
    ['options', target.options],
    ['connect_timeout', timeoutMs === undefined ? undefined : String(Math.ceil(timeoutMs / 1000))],
  ];
  return parameters.flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${quote(value)}`])).join(' ');
}

/** The same server and role, another database. */
export function withDatabase(target: PgTarget, database: string): PgTarget {
  return { ...target, database };
}

function quote(value: string): string {
  return /^[^\s'\\]+$/.test(value) ? value : `'${value.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
