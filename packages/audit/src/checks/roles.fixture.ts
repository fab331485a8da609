import type { FactMap } from '../facts.ts';

type Roles = FactMap['pg.roles'];
type Role = Roles['roles'][number];
type Databases = FactMap['pg.databases'];

/** A login role without any attribute, then as told. */
export const role = (name: string, changes: Partial<Role> = {}): Role => ({
  name,
  isBootstrap: false,
  superuser: false,
  createRole: false,
  createDb: false,
  canLogin: true,
  replication: false,
  bypassRls: false,
  connectionLimit: -1,
  validUntil: null,
  ...changes,
});

/** The role that initdb makes. */
export const bootstrapRole = (name = 'postgres'): Role =>
  role(name, {
    isBootstrap: true,
    superuser: true,
    createRole: true,
    createDb: true,
    replication: true,
    bypassRls: true,
  });

/** A pg.roles fact; `postgres` is the bootstrap superuser unless a role of the list is. */
export const rolesFact = (roles: readonly Role[], changes: Partial<Omit<Roles, 'roles'>> = {}): Roles => ({
  roles: roles.some(({ isBootstrap }) => isBootstrap) ? roles : [...roles, bootstrapRole()],
  memberships: [],
  settings: [],
  parameterGrants: [],
  ...changes,
});

/** A pg.databases fact with closed databases of these names, and postgres and the templates. */
export const databasesFact = (names: readonly string[], changes: Partial<Databases> = {}): Databases => ({
  all: [...names, 'postgres', 'template0', 'template1'].map((name) => ({
    name,
    owner: 'postgres',
    isTemplate: name.startsWith('template'),
    allowsConnections: name !== 'template0',
    publicConnect: !names.includes(name),
    publicTemporary: !names.includes(name),
  })),
  publicSchema: {
    examined: [...names, 'postgres'].map((database) => ({ database, exists: true, publicCreate: false })),
    closed: [],
  },
  ...changes,
});

/** A pg.role-secrets fact: `{ app: 'scram-sha-256', job: null }`; SCRAM has 4096 iterations. */
export const secretsFact = (
  kinds: Readonly<Record<string, FactMap['pg.role-secrets'][number]['method']>>,
): FactMap['pg.role-secrets'] =>
  Object.entries(kinds).map(([name, method]) => ({
    name,
    method,
    iterations: method === 'scram-sha-256' ? 4096 : null,
  }));
