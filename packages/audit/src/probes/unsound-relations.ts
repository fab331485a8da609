import { defineProbe } from '../probe.ts';
import { unsoundRelationsSql } from '../unsound-relations.ts';
import { lookIntoDatabases, type PerDatabase } from './each-database.ts';

/** A table, an index or a constraint that does not hold what its name promises. */
export interface UnsoundRelation {
  readonly what: 'unlogged' | 'invalid' | 'unvalidated';
  /** `schema.table`, `schema.index`, `schema.table constraint`, quoted where SQL needs it. */
  readonly name: string;
}

/** Unlogged tables, invalid indexes and unvalidated constraints of every database, the first 200 of each. */
export const pgUnsoundRelations = defineProbe({
  id: 'pg.unsound-relations',
  subject: 'instance',
  title: 'Unlogged tables, invalid indexes and unvalidated constraints of every database',
  privilege: 'CONNECT on every database; pg_read_all_stats (part of pg_monitor), to see which indexes are being built',
  grants: ['GRANT pg_monitor TO {role}'],
  async collect(context): Promise<PerDatabase<{ readonly relations: readonly UnsoundRelation[] }>> {
    const { signal } = context;
    return lookIntoDatabases(context, async (session) => ({
      relations: await session.rows<{ what: UnsoundRelation['what']; name: string }>(
        unsoundRelationsSql(session.versionNum),
        { signal },
      ),
    }));
  },
});
