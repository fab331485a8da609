import { componentKinds } from '../inventory/subjects.ts';

const name = { type: 'string', pattern: '^[a-z][a-z0-9-]*$', maxLength: 63 } as const;
const file = { type: 'string', minLength: 1 } as const;
const port = { type: 'integer', minimum: 1, maximum: 65535 } as const;
const dsn = { type: 'string', minLength: 1 } as const;
/** No user and no password in it: they belong into a file. */
const url = { type: 'string', pattern: String.raw`^https?://[^/@\s]+(/[^@\s]*)?$` } as const;
const tls = {
  ca: { ...file, description: 'Authority that signed the certificate of the server' },
  cert: { ...file, description: 'Certificate of the auditor, where one is asked for' },
  key: { ...file, description: 'Its key, mode 0600' },
} as const;
const serverName = { type: 'string', minLength: 1, description: 'Name in the certificate, when not the host' } as const;
const credentialsFile = { ...file, description: 'File of one line, user:password, mode 0600' } as const;

const http = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  properties: { url, ...tls, server_name: serverName, credentials_file: credentialsFile },
} as const;

const patroni = {
  type: 'object',
  additionalProperties: false,
  required: ['url'],
  description: 'REST API of Patroni; the audit only reads and needs no password',
  properties: { url, ...tls, server_name: serverName },
} as const;

const pgbouncer = {
  type: 'object',
  additionalProperties: false,
  required: ['dsn'],
  properties: {
    dsn: {
      ...dsn,
      description: 'Admin console: host=… port=6432 dbname=pgbouncer user=… passfile=…; a role of stats_users',
    },
  },
} as const;

const node = {
  type: 'object',
  additionalProperties: false,
  properties: {
    local: { type: 'boolean', description: 'This host: the probes run here' },
    facts: {
      ...file,
      description: 'File that "pgattest audit collect-node" wrote on that host and that was shipped here',
    },
    host: { type: 'string', minLength: 1, description: 'Host that the file must be of, when it has another name' },
    max_age: { type: 'string', format: 'duration', default: '24h', description: 'Oldest facts that still count' },
    paths: { ...file, description: 'With local: file that says where things are, as of collect-node --paths' },
  },
} as const;

const absent = {
  type: 'array',
  uniqueItems: true,
  items: { enum: componentKinds.filter((kind) => kind !== 'instance') },
} as const;

const member = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'dsn'],
  properties: {
    name: { ...name, description: 'Instance name, the ins label: pg-test-1' },
    dsn: { ...dsn, description: 'libpq URL or keywords, without a password: name a passfile, or set PGPASSFILE' },
    patroni,
    pgbouncer,
    node: { ...node, description: 'Facts of its host' },
    absent: { ...absent, description: 'What this member does not have although others do' },
  },
} as const;

const etcd = {
  type: 'object',
  additionalProperties: false,
  required: ['members'],
  properties: {
    members: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'url'],
        properties: { name, url, node: { ...node, description: 'Facts of its host' } },
      },
    },
    ...tls,
    user: { type: 'string', minLength: 1, description: 'User of etcd that may read the keys of the cluster' },
    password_file: { ...file, description: 'File of one line, its password, mode 0600' },
    namespace: {
      type: 'string',
      pattern: String.raw`^/?[\w.-]+(/[\w.-]+)*/?$`,
      default: '/pg',
      description: 'namespace of Patroni',
    },
  },
} as const;

const haproxy = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'stats'],
    properties: {
      name: { ...name, description: 'Its host; the name of a member when it runs beside one' },
      stats: { ...http, description: 'Statistics page: its CSV is at <url>/;csv, metrics at <url>/metrics' },
      services: {
        type: 'array',
        default: [],
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'role', 'host', 'port'],
          properties: {
            name: { type: 'string', minLength: 1, description: 'Listener in haproxy.cfg: pg-test-primary' },
            role: { enum: ['primary', 'replica', 'default', 'offline'] },
            host: { type: 'string', minLength: 1, description: 'Where clients connect' },
            port,
          },
        },
      },
      node: { ...node, description: 'Facts of its host' },
    },
  },
} as const;

const discover = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['from'],
    properties: {
      from: { enum: ['patroni', 'etcd', 'pigsty'] },
      url: { ...url, description: 'With patroni: an API to ask besides those of the members' },
      ca: tls.ca,
      cert: tls.cert,
      key: tls.key,
      file: { ...file, description: 'With pigsty: its inventory, pigsty.yml' },
    },
  },
} as const;

const found = {
  type: 'object',
  additionalProperties: false,
  required: ['dsn'],
  properties: {
    dsn: { ...dsn, description: 'As of a member, with {name}, {host} and {port} filled in' },
    patroni: {
      ...patroni,
      properties: { ...patroni.properties, url: { type: 'string', pattern: '^https?://[^@]+$' } },
    },
    pgbouncer,
    node,
  },
} as const;

/** One cluster of the configuration: its members, what belongs to it, what it does not have. */
export const clusterSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { ...name, description: 'Cluster name, the cls label of its metrics' },
    members: {
      type: 'array',
      minItems: 1,
      items: member,
      description: 'PostgreSQL servers, and what stands beside each',
    },
    instances: { type: 'array', minItems: 1, items: member, description: 'Older name of members' },
    etcd: { ...etcd, description: 'Store that Patroni keeps its state in' },
    haproxy: { ...haproxy, description: 'Load balancers' },
    monitoring: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      description: 'Who watches the cluster',
      properties: {
        prometheus: { ...http, description: 'Prometheus or VictoriaMetrics' },
        rules: { ...http, description: 'vmalert, where that evaluates the rules' },
        alertmanager: http,
        logs: { ...http, description: 'VictoriaLogs, the central store of the logs' },
      },
    },
    records: {
      type: 'object',
      additionalProperties: false,
      description: 'What is kept on the host of the auditor',
      properties: {
        drill_dir: { ...file, description: 'Folder of drill certificates' },
        drill_public_key: {
          ...file,
          description: 'Key that verifies them: the .pub that "pgattest drill keygen" wrote',
        },
        changes_file: { ...file, description: 'Approved and pending changes, which what changed is compared with' },
        baseline_dir: {
          ...file,
          description: 'Folder of approved hosts: <member>.json as "pgattest audit collect-node" wrote it',
        },
      },
    },
    vip: { type: 'string', minLength: 1, description: 'Address that moves with the primary' },
    standby_cluster: {
      type: 'boolean',
      description: 'It follows another cluster; Patroni is asked when this is left out',
    },
    absent: { ...absent, description: 'Components that it does not have; their checks do not apply' },
    discover: { ...discover, description: 'Other places that know its members: compared with the declaration' },
    found: {
      ...found,
      description: 'How to reach members that discover names and nobody declared; without it they are only told',
    },
  },
} as const;
