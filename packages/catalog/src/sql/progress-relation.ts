/**
 * SQL text of the relation a progress view speaks of: its name as regclass prints it in its own database, its OID
 * elsewhere, where the same number may name something else.
 */
export const progressRelation = (view: string): string =>
  `CASE WHEN ${view}.datid = (SELECT oid FROM pg_database WHERE datname = current_database()) THEN ${view}.relid::regclass::text ELSE ${view}.relid::text END`;
