// oxlint-disable-next-line eslint/no-restricted-imports -- a fixture reads its text as the probe does
import { parseHaproxyConfig } from '@pgattest/connect';
import type { FactMap } from '../facts.ts';

type Stats = FactMap['haproxy.stats'];
type Config = NonNullable<FactMap['node.haproxy-config']>;
type Part = Config['files'][number];
type Server = Stats['proxies'][number]['servers'][number];

/** The four services of cluster pg-test, as they are declared. */
export const services: Stats['services'] = [
  { name: 'pg-test-primary', role: 'primary', host: '10.0.0.10', port: 5433 },
  { name: 'pg-test-replica', role: 'replica', host: '10.0.0.10', port: 5434 },
  { name: 'pg-test-default', role: 'default', host: '10.0.0.10', port: 5436 },
  { name: 'pg-test-offline', role: 'offline', host: '10.0.0.10', port: 5438 },
];

/** A server of a proxy: `pg-test-1 UP`, `pg-test-2 DOWN backup`. */
function server(text: string): Server {
  const [name = '', status = '', backup] = text.split(' ');
  return {
    name,
    status,
    isUp: status === 'UP',
    isBackup: backup === 'backup',
    weight: 100,
    checkStatus: status === 'UP' ? 'L7OK' : 'L7STS',
    checkCode: status === 'UP' ? 200 : 503,
    downTransitions: 0,
    lastChangeSeconds: 100,
    downSeconds: 0,
    currentSessions: 0,
    sessionLimit: 3000,
  };
}

/** A haproxy.stats fact with these servers of each proxy. */
export const statsFact = (
  proxies: Readonly<Record<string, readonly string[]>>,
  declared: Stats['services'] = services,
): Stats => ({
  services: declared,
  proxies: Object.entries(proxies).map(([name, servers]) => ({
    name,
    frontendStatus: 'OPEN',
    backendStatus: 'UP',
    currentSessions: 1,
    mostSessions: 10,
    sessionLimit: 400,
    servers: servers.map(server),
  })),
});

/** Statistics of a healthy pg-test whose primary is pg-test-1. */
export const healthyStats = statsFact({
  admin: [],
  'pg-test-primary': ['pg-test-1 UP', 'pg-test-2 DOWN', 'pg-test-3 DOWN'],
  'pg-test-replica': ['pg-test-1 UP backup', 'pg-test-2 UP', 'pg-test-3 UP'],
  'pg-test-default': ['pg-test-1 UP', 'pg-test-2 DOWN', 'pg-test-3 DOWN'],
  'pg-test-offline': ['pg-test-1 DOWN backup', 'pg-test-2 UP', 'pg-test-3 UP'],
});

/** One file of a configuration with this text. */
export const configPart = (text: string, changes: Partial<Part> = {}): Part => ({
  path: '/etc/haproxy/haproxy.cfg',
  type: 'file',
  mode: '0640',
  owner: 'root',
  group: 'haproxy',
  sizeBytes: text.length,
  modifiedAt: '2026-11-21T11:00:00.000Z',
  logins: [],
  ...parseHaproxyConfig(text),
  ...changes,
});

/** A node.haproxy-config fact of one file. */
export const configFact = (text: string, changes: Partial<Part> = {}): Config => ({
  files: [configPart(text, changes)],
});

/** Options of every server of the healthy configuration. */
export const serverDefaults =
  'inter 2s fastinter 1s downinter 2s rise 3 fall 3 on-marked-down shutdown-sessions maxconn 3000';

/** One service as the lab writes it. */
export const serviceText = (
  name: string,
  port: number,
  uri: string,
  { defaults = serverDefaults, check = 'option httpchk', extra = '' } = {},
): string => `listen ${name}
  bind 10.0.0.10:${port}
  mode tcp
  ${check}
  http-check send meth OPTIONS uri ${uri}
  http-check expect status 200
  default-server ${defaults}
  server pg-test-1 10.0.0.11:6432 check port 8008
  server pg-test-2 10.0.0.12:6432 check port 8008
${extra}`;

export const globalText = `global
  user haproxy
  group haproxy
  chroot /var/lib/haproxy
  maxconn 2000
  stats socket /run/haproxy.sock mode 600 level admin
  log 127.0.0.1 local0
defaults
  mode tcp
  log global
  option tcplog
  timeout connect 3s
  timeout check 3s
  timeout queue 3s
  timeout client 24h
  timeout server 24h
  option clitcpka
  option srvtcpka
`;

/** Configuration of a healthy pg-test. */
export const healthyText = `${globalText}${serviceText('pg-test-primary', 5433, '/primary')}${serviceText(
  'pg-test-replica',
  5434,
  '/replica?lag=10MB',
)}${serviceText('pg-test-default', 5436, '/primary')}${serviceText('pg-test-offline', 5438, '/replica?lag=10MB')}`;
export const healthyConfig = configFact(healthyText);
