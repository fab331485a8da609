/** Lock modes that make a reader of a relation wait. */
export const readerBlockers = ['AccessExclusiveLock'] as const;

/** Lock modes that make a user of a sequence wait: reading its value takes the lock that nextval() takes. */
export const sequenceBlockers = ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'] as const;

/**
 * SQL array of the OIDs in this database that a session holds or awaits one of these locks on; for a locked index it
 * has the table. Asking first keeps a catalog function from queueing behind somebody's DDL: what remains is the
 * instant between asking and calling, and lock_timeout bounds that.
 */
export const lockedRelations = (modes: readonly string[]): string => `ARRAY(
    SELECT coalesce(i.indrelid, l.relation)
    FROM
      pg_locks AS l
      LEFT JOIN pg_index AS i ON i.indexrelid = l.relation
    WHERE
      l.relation IS NOT NULL
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.mode IN (${modes.map((mode) => `'${mode}'`).join(', ')})
  )`;
