import type { Predicate } from '../model.ts';

/**
 * Whether the role was granted a view that only superusers may read by default, and the function below it; the
 * collector begins to run by itself once it is.
 */
export const mayRead = (view: string, routine: string): Predicate => ({
  name: `may read ${view}`,
  sql: `SELECT has_table_privilege('pg_catalog.${view}', 'SELECT') AND has_function_privilege('pg_catalog.${routine}', 'EXECUTE')`,
  cacheSeconds: 60,
});
