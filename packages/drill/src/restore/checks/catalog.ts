import type { WriteSession } from '@pgattest/connect';
import type { CertificateCheck } from '../../certificate/certificate.ts';

/** Databases of the copy that take connections, and the ones that do not. */
export async function listDatabases(session: WriteSession): Promise<readonly string[]> {
  const { rows } = await session.query('SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname');
  return rows.flatMap(([name]) => (name === null || name === undefined ? [] : [name]));
}

const filesSql = `
SELECT c.oid::regclass::text, pg_relation_filepath(c.oid)
  FROM pg_class c
 WHERE pg_relation_filepath(c.oid) IS NOT NULL
   AND c.relpersistence = 'p'
   AND pg_stat_file(pg_relation_filepath(c.oid), true) IS NULL
 LIMIT 10`;

const columnsSql = `
SELECT c.oid::regclass::text, c.relnatts::text
  FROM pg_class c
 WHERE c.relnatts <> (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)
 LIMIT 10`;

/** Whether the catalogue of one database fits itself and the files: each relation has its file, and all its columns. */
export async function checkCatalog(session: WriteSession, database: string): Promise<CertificateCheck> {
  const check = (outcome: CertificateCheck['outcome'], detail: string): CertificateCheck => ({
    id: 'catalog',
    subject: database,
    outcome,
    detail,
  });
  try {
    const counted = await session.query(`SELECT count(*)::text FROM pg_class`);
    const { rows: files } = await session.query(filesSql);
    if (files.length > 0) {
      return check('fail', files.map(([name, path]) => `${name ?? '?'} has no file ${path ?? ''}`).join('; '));
    }
    const { rows: columns } = await session.query(columnsSql);
    if (columns.length > 0) {
      return check(
        'fail',
        columns.map(([name, count]) => `${name ?? '?'} lacks some of its ${count ?? '?'} columns`).join('; '),
      );
    }
    return check('pass', `${counted.rows[0]?.[0] ?? '0'} relations, each with its file and its columns`);
  } catch (error) {
    return check('unavailable', error instanceof Error ? error.message : String(error));
  }
}
