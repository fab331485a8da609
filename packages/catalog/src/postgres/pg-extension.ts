import { defineCollector, gauge } from '../model.ts';

/**
 * Extensions of the database and the version that the files on the server would install: the first 64 by age. After an
 * upgrade of packages the old version stays until ALTER EXTENSION ... UPDATE in each database.
 */
export const pgExtension = defineCollector({
  id: 'pg_extension',
  source: 'postgres',
  scope: 'database',
  help: 'Installed extensions and whether an update is there',
  // Reads a control file for every extension there is on disk.
  cacheSeconds: 600,
  timeoutSeconds: 1,
  priority: 251,
  labels: {
    datname: 'Database',
    name: 'Extension',
    version: 'Installed version',
    available: 'Version the files on the server install by default, empty when they are gone',
  },
  metrics: {
    info: gauge('info', 'An installed extension, constantly 1'),
    outdated: gauge('bool', 'Whether the installed version is not the one the files install, NaN when they are gone'),
  },
  variants: [
    {
      branch: 'pg_extension',
      since: 100000,
      sql: `
SELECT
  current_database() AS datname,
  e.extname AS name,
  e.extversion AS version,
  coalesce(a.default_version, '') AS available,
  1 AS info,
  e.extversion <> a.default_version AS outdated
FROM
  pg_extension AS e
  LEFT JOIN pg_available_extensions() AS a ON a.name = e.extname
ORDER BY e.oid
LIMIT 64`,
    },
  ],
});
