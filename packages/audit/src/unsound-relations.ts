/** Most relations of one database that are listed. */
export const maxUnsoundRelations = 200;

/**
 * Statement for what a crash, a failover or a query may trip over in one database: `unlogged` tables, which are empty
 * after either; indexes that are `invalid` and not being built right now; constraints that were never `unvalidated`
 * against the rows that were there. Constraints that are declared as not enforced (PostgreSQL 18) are meant to be so.
 */
export const unsoundRelationsSql = (versionNum: number): string =>
  `SELECT what, name FROM (${[
    `SELECT 'unlogged' AS what, format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relpersistence = 'u' AND c.relkind IN ('r', 'p')`,
    `SELECT 'invalid', format('%I.%I', n.nspname, c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname !~ '^pg_(temp|toast_temp)_'${versionNum >= 120000 ? ' AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)' : ''}`,
    `SELECT 'unvalidated', format('%I.%I %I', n.nspname, c.relname, o.conname) FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT o.convalidated${versionNum >= 180000 ? ' AND o.conenforced' : ''}`,
  ].join(' UNION ALL ')}) AS unsound ORDER BY what COLLATE "C", name COLLATE "C" LIMIT ${maxUnsoundRelations}`;
