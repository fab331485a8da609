import { ConnectError, type WriteSession } from '@pgattest/connect';
import type { CertificateCheck } from '../../certificate/certificate.ts';

/** How much amcheck reads: everything, the largest N tables and indexes of each database, or nothing. */
export type AmcheckScope = 'all' | 'off' | number;

/** Undefined for text that is none of `all`, `off`, a count. */
export function parseAmcheckScope(text: string): AmcheckScope | undefined {
  if (text === 'all' || text === 'off') return text;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

const relationsSql = (scope: number | 'all'): string => `
SELECT c.oid::text, c.oid::regclass::text, c.relkind::text
  FROM pg_class c
  JOIN pg_am a ON a.oid = c.relam
  LEFT JOIN pg_index i ON i.indexrelid = c.oid
 WHERE c.relpersistence = 'p'
   AND ((c.relkind IN ('r', 't', 'm') AND a.amname = 'heap')
     OR (c.relkind = 'i' AND a.amname = 'btree' AND i.indisvalid AND i.indisready))
 ORDER BY c.relpages DESC, c.oid
 ${scope === 'all' ? '' : `LIMIT ${scope}`}`;

/** Damaged relations beyond this many are told as a number. */
const longestList = 10;

/**
 * Runs bt_index_check (with the heap) on B-tree indexes and verify_heapam on tables of one database; installs the
 * extension in the copy first. What damage is found is the check's detail. Errors: none, a check says why it could not.
 */
export async function amcheckDatabase(
  session: WriteSession,
  database: string,
  scope: number | 'all',
  versionMajor: number,
): Promise<CertificateCheck> {
  const check = (outcome: CertificateCheck['outcome'], detail: string): CertificateCheck => ({
    id: 'amcheck',
    subject: database,
    outcome,
    detail,
  });
  const damage: string[] = [];
  let indexes = 0;
  let tables = 0;
  try {
    // Event triggers (pgaudit has one) would ask for libraries that the copy does not load.
    await session.query('SET session_replication_role = replica');
    await session.query('CREATE EXTENSION IF NOT EXISTS amcheck');
    const extension = await session.query(
      `SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'amcheck'`,
    );
    const schema = `"${(extension.rows[0]?.[0] ?? 'public').replaceAll('"', '""')}"`;
    const relations = await session.query(relationsSql(scope));
    for (const [oid = '', name = '', kind = ''] of relations.rows) {
      if (kind === 'i') {
        indexes += 1;
        const problem = await session.query(`SELECT ${schema}.bt_index_check($1::oid::regclass, true)`, [oid]).then(
          () => undefined,
          (error: unknown) => damageOf(error),
        );
        if (problem !== undefined) damage.push(`index ${name ?? oid}: ${problem}`);
      } else if (versionMajor >= 14) {
        tables += 1;
        const sql = `SELECT blkno::text, msg FROM ${schema}.verify_heapam($1::oid::regclass) LIMIT 1`;
        const problem = await session.query(sql, [oid]).then(
          ({ rows: [first] }) => (first === undefined ? undefined : `block ${first[0] ?? '?'}: ${first[1] ?? ''}`),
          (error: unknown) => damageOf(error),
        );
        if (problem !== undefined) damage.push(`table ${name ?? oid}: ${problem}`);
      }
    }
  } catch (error) {
    return check('unavailable', error instanceof Error ? error.message : String(error));
  }
  if (damage.length > 0) {
    const more = damage.length > longestList ? `; and ${damage.length - longestList} more` : '';
    return check('fail', damage.slice(0, longestList).join('; ') + more);
  }
  return check('pass', `${indexes} B-tree indexes and ${tables} tables, no damage`);
}

/** An error of the server about its data is damage; anything else means that nothing was checked. */
function damageOf(error: unknown): string {
  const isData = error instanceof ConnectError && /^(XX|58|22)/.test(error.sqlState ?? '');
  if (isData) return error.message;
  throw error;
}
