import { defineProbe } from '../probe.ts';

/** One extension of the database the probe is connected to. */
export interface Extension {
  readonly name: string;
  /** Version in the catalogue, the same on every physical copy. */
  readonly version: string;
  /** Version of the control file on this node; null when the node lacks the extension's files. */
  readonly availableVersion: string | null;
}

/** Extensions and whether this node holds their files. */
export const pgExtensions = defineProbe({
  id: 'pg.extensions',
  subject: 'instance',
  title: 'Extensions of the connected database and the files of this node (pg_extension, pg_available_extensions)',
  privilege: 'any login role; pg_monitor is enough',
  grants: [],
  async collect({ pg, signal }): Promise<readonly Extension[]> {
    const rows = await pg.rows<{ extname: string; extversion: string; default_version: string | null }>(
      `SELECT e.extname, e.extversion, a.default_version
       FROM pg_extension e
       LEFT JOIN pg_available_extensions a ON a.name = e.extname
       ORDER BY e.extname`,
      { signal },
    );
    return rows.map((row) => ({
      name: row.extname,
      version: row.extversion,
      availableVersion: row.default_version,
    }));
  },
});
