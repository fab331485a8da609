import { defineProbe } from '../probe.ts';

/** A line of the configuration files that the server cannot use as it stands. */
export interface FileSettingError {
  readonly file: string | null;
  readonly line: number | null;
  /** Null when the line could not even be read as a setting. */
  readonly name: string | null;
  /** The server's own words, in its lc_messages. */
  readonly error: string;
}

/** Lines of pg_file_settings with an error. Values are not read: primary_conninfo may hold a password. */
export const pgFileSettings = defineProbe({
  id: 'pg.file-settings',
  subject: 'instance',
  title: 'Errors in the configuration files as they are on disk now (pg_file_settings, without values)',
  privilege: 'SELECT on pg_file_settings and EXECUTE on pg_show_all_file_settings()',
  grants: [
    'GRANT SELECT ON pg_file_settings TO {role}',
    'GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO {role}',
  ],
  async collect({ pg, signal }): Promise<readonly FileSettingError[]> {
    const rows = await pg.rows<{
      sourcefile: string | null;
      sourceline: string | null;
      name: string | null;
      error: string;
    }>(
      `SELECT sourcefile, sourceline, name, error
       FROM pg_file_settings
       WHERE error IS NOT NULL
       ORDER BY seqno`,
      { signal },
    );
    return rows.map((row) => ({
      file: row.sourcefile,
      line: row.sourceline === null ? null : Number(row.sourceline),
      name: row.name,
      error: row.error,
    }));
  },
});
