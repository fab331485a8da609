/**
 * SQL condition: schemas whose tables are worth a series. Leaves out the server's own, those of extensions that make
 * many relations, and names that begin with an underscore; pg_exporter leaves out the same.
 */
export const observedSchemas = (nspname: string): string =>
  `${nspname} !~ '^(pg_|_|timescaledb|citus|columnar)' AND ${nspname} NOT IN ('information_schema', 'repack', 'monitor')`;
