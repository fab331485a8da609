import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../probe.ts';

/** One line of pg_ident.conf: an outside identity that may log in as a database role. */
export interface IdentMapping {
  /** pg_ident.conf or a file it includes. Null before version 16, which has one file. */
  readonly file: string | null;
  readonly line: number;
  readonly map: string;
  /** Name at the operating system, certificate or Kerberos; a regular expression when it starts with `/`. */
  readonly systemName: string;
  /** Role name, or `all`, `+group`, `/regex` (16 on), or one with `\1` for what the expression captured. */
  readonly role: string;
}

export interface IdentFile {
  readonly mappings: readonly IdentMapping[];
  readonly errors: readonly { readonly file: string | null; readonly line: number; readonly message: string }[];
}

/** User name maps as the server reads them from pg_ident.conf. */
export const pgIdent = defineProbe({
  id: 'pg.ident',
  subject: 'instance',
  title: 'User name maps (pg_ident_file_mappings, PostgreSQL 15 on)',
  privilege: 'SELECT on pg_ident_file_mappings and EXECUTE on its function (PostgreSQL 15 on)',
  grants: [
    'GRANT SELECT ON pg_ident_file_mappings TO {role}',
    'GRANT EXECUTE ON FUNCTION pg_ident_file_mappings() TO {role}',
  ],
  async collect({ pg, signal }): Promise<IdentFile> {
    if (pg.versionNum < 150000) {
      throw new ConnectError(
        'unsupported',
        'pg_ident_file_mappings exists from PostgreSQL 15 on; read pg_ident.conf on the node, or upgrade',
      );
    }
    const rows = await pg.rows<{
      file: string | null;
      line: string;
      map: string | null;
      system_name: string | null;
      role: string | null;
      error: string | null;
    }>(
      `SELECT ${pg.versionNum >= 160000 ? 'file_name' : 'NULL'} AS file,
              line_number AS line,
              map_name AS map,
              sys_name AS system_name,
              pg_username AS role,
              error
       FROM pg_ident_file_mappings
       ORDER BY ${pg.versionNum >= 160000 ? 'map_number, file_name, line_number' : 'line_number'}`,
      { signal },
    );
    return {
      mappings: rows.flatMap(({ file, line, map, system_name: systemName, role, error }) =>
        error !== null || map === null || systemName === null || role === null
          ? []
          : [{ file, line: Number(line), map, systemName, role }],
      ),
      errors: rows.flatMap(({ file, line, error }) =>
        error === null ? [] : [{ file, line: Number(line), message: error }],
      ),
    };
  },
});
