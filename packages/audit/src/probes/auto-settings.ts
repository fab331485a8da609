import { defineProbe } from '../probe.ts';

/** Names of the settings in postgresql.auto.conf, which ALTER SYSTEM writes. Values stay on the server. */
export const pgAutoSettings = defineProbe({
  id: 'pg.auto-settings',
  subject: 'instance',
  title: 'Names of the settings in postgresql.auto.conf (pg_file_settings, without values)',
  privilege: 'SELECT on pg_file_settings and EXECUTE on pg_show_all_file_settings()',
  grants: [
    'GRANT SELECT ON pg_file_settings TO {role}',
    'GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO {role}',
  ],
  async collect({ pg, signal }): Promise<readonly string[]> {
    const rows = await pg.rows<{ name: string }>(
      `SELECT DISTINCT name COLLATE "C" AS name
       FROM pg_file_settings
       WHERE sourcefile LIKE '%/postgresql.auto.conf' AND name IS NOT NULL
       ORDER BY 1`,
      { signal },
    );
    return rows.map(({ name }) => name);
  },
});
