import type { FactMap } from '../facts.ts';

type Objects = FactMap['pg.object-access'];
type Access = Objects['examined'][number];

/** A pg.object-access fact of database shop, in which a group owns everything and PUBLIC may do nothing; then as told. */
export const objectsFact = (
  changes: Partial<Omit<Access, 'database'>> = {},
  closed: readonly string[] = [],
): Objects => ({
  examined: [
    {
      database: 'shop',
      publicGrants: [],
      grantOptions: [],
      owners: [{ owner: 'shop_owner', relations: 12 }],
      defaultPrivileges: [],
      ...changes,
    },
  ],
  closed: closed.map((database) => ({ database, message: 'no CONNECT' })),
});

/** One privilege on three objects of schema app. */
export const objectGrant = (
  kind: Access['publicGrants'][number]['kind'],
  privilege: string,
  schema = 'app',
): Access['publicGrants'][number] => ({ kind, schema, privilege, objects: 3, example: 'a' });
