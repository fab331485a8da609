import type { FactMap } from '../facts.ts';
import type { Json } from '../redact-document.ts';

/** Facts whose changes want an approved record: what is configured, who may do what, which software runs. */
export const trackedFacts = [
  'pg.server',
  'pg.settings',
  'pg.hba',
  'pg.roles',
  'pg.extensions',
  'pg.tls-endpoint',
  'patroni.config',
  'node.firewall',
  'node.digests',
] as const;
export type TrackedFact = (typeof trackedFacts)[number];

/** What a fact says, item by item: name -> value as text. */
export type TrackedItems = Readonly<Record<string, string>>;

const readers: { readonly [Fact in TrackedFact]: (value: FactMap[Fact]) => TrackedItems } = {
  'pg.server': ({ version }) => ({ version }),
  'pg.settings': (settings) =>
    Object.fromEntries(
      Object.entries(settings)
        .filter(([name, { source }]) => configuredBy.has(source) && !ofTheRole.has(name))
        .map(([name, { value }]) => [name, value]),
    ),
  'pg.hba': ({ rules }) => ({
    rules: rules
      .map(({ type, databases, users, address, netmask, method, options }) =>
        [type, databases.join(','), users.join(','), address, netmask, method, ...options]
          .filter((word) => word !== null)
          .join(' '),
      )
      .join('\n'),
  }),
  'pg.roles': ({ roles, memberships, settings }) => ({
    ...Object.fromEntries(
      roles.map(
        ({ name, superuser, createRole, createDb, canLogin, replication, bypassRls, connectionLimit, validUntil }) => [
          `role ${name}`,
          JSON.stringify([
            superuser,
            createRole,
            createDb,
            canLogin,
            replication,
            bypassRls,
            connectionLimit,
            validUntil,
          ]),
        ],
      ),
    ),
    ...Object.fromEntries(memberships.map(({ role, member }) => [`${member} in ${role}`, 'yes'])),
    ...Object.fromEntries(
      settings.map(({ database, role, name, value }) => [`${name} of ${role ?? '*'} in ${database ?? '*'}`, value]),
    ),
  }),
  'pg.extensions': (extensions) => Object.fromEntries(extensions.map(({ name, version }) => [name, version])),
  'pg.tls-endpoint': (endpoint) => ({ certificate: endpoint.offered ? endpoint.fingerprint256 : 'none' }),
  'patroni.config': (config) => Object.fromEntries(flatten(config)),
  'node.firewall': ({ tool, inputs }) => ({ input: JSON.stringify([tool, inputs]) }),
  'node.digests': ({ files }) => Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256])),
};

/** Items of one fact. */
export const itemsOf = <Fact extends TrackedFact>(fact: Fact, value: FactMap[Fact]): TrackedItems =>
  readers[fact](value);

/** Values that somebody set, and not the session that looked. */
const configuredBy = new Set(['configuration file', 'command line', 'global', 'database', 'user', 'database user']);

/** Patroni sets them as roles move and members come and go: nobody approves that. */
const ofTheRole = new Set([
  'primary_conninfo',
  'primary_slot_name',
  'promote_trigger_file',
  'recovery_target',
  'recovery_target_lsn',
  'recovery_target_timeline',
  'restore_command',
  'synchronous_standby_names',
]);

function flatten(value: Json, path = ''): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`));
}

/** Whether it is one of the facts that are tracked. */
export const isTracked = (fact: string): fact is TrackedFact => trackedFacts.some((one) => one === fact);
