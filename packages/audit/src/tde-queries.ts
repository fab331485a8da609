/** Tables of users in one database with whether their access method encrypts; sorted, the first thousand. */
export const encryptedTablesSql = `SELECT format('%I.%I', n.nspname, c.relname) AS name, coalesce(a.amname = 'tde_heap', false) AS encrypted FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am a ON a.oid = c.relam WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY format('%I.%I', n.nspname, c.relname) COLLATE "C" LIMIT 1000`;

/** Kinds of key providers; the column with the kind was renamed before version 1.0. */
export const tdeProvidersSql = `SELECT DISTINCT scope || ' ' || coalesce(to_jsonb(p) ->> 'type', to_jsonb(p) ->> 'provider_type', '?') AS provider FROM (SELECT 'database' AS scope, d AS p FROM pg_tde_list_all_database_key_providers() AS d UNION ALL SELECT 'global', g FROM pg_tde_list_all_global_key_providers() AS g) AS all_providers ORDER BY 1`;
