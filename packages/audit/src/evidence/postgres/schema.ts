/** Whether the tables are there: one row, `t` or `f`. */
export const schemaExists = `SELECT to_regclass('pgattest.evidence_state') IS NOT NULL`;

/**
 * The tables of an evidence database, in order; each may be there already. A role that only files needs USAGE on the
 * schema, SELECT and INSERT on all three, and UPDATE on evidence_state, which is a cache.
 */
export const schemaSql: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS pgattest',
  `CREATE TABLE IF NOT EXISTS pgattest.evidence_file (
     cluster text NOT NULL,
     run_id  text NOT NULL,
     path    text NOT NULL,
     content bytea NOT NULL,
     filed_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (cluster, run_id, path)
   )`,
  `CREATE TABLE IF NOT EXISTS pgattest.evidence_record (
     cluster  text NOT NULL,
     sequence bigint NOT NULL CHECK (sequence > 0),
     content  text NOT NULL,
     filed_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (cluster, sequence)
   )`,
  `CREATE TABLE IF NOT EXISTS pgattest.evidence_state (
     cluster text NOT NULL PRIMARY KEY,
     content text NOT NULL
   )`,
];
