import type { WriteSession } from '@pgattest/connect';
import type { CertificateCheck, CertificateFacts } from '../../certificate/certificate.ts';
import { toIso } from '../recovery-log.ts';

/** A table that is written all the time, and the column that says when. */
export interface Canary {
  readonly database: string;
  readonly schema: string;
  readonly table: string;
  readonly timeColumn: string;
  readonly minRows: number;
}

/** What the rows of a canary say. */
export interface CanaryRows {
  readonly rows: number;
  /** ISO 8601 UTC; undefined for an empty table. */
  readonly newest: string | undefined;
}

/** `app.public.heartbeat.at`; names with dots or capitals in double quotes. Undefined for another form. */
export function parseCanary(text: string, minRows: number): Canary | undefined {
  const part = /(?:"((?:[^"]|"")+)"|([^".]+))(?:\.|$)/y;
  const names: string[] = [];
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return undefined;
    names.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  const [database, schema, table, timeColumn, ...rest] = names;
  if (database === undefined || schema === undefined || table === undefined || timeColumn === undefined)
    return undefined;
  return rest.length > 0 ? undefined : { database, schema, table, timeColumn, minRows };
}

/** A name as SQL writes it. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The query of a canary: rows, and the newest time in UTC. */
export function canarySql({ schema, table, timeColumn }: Canary): string {
  const column = quoteName(timeColumn);
  return `SELECT count(*)::text AS rows,
       to_char(max(${column})::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS newest
  FROM ${quoteName(schema)}.${quoteName(table)}`;
}

/** Reads a canary. Errors: ConnectError. */
export async function readCanary(canary: Canary, session: Pick<WriteSession, 'query'>): Promise<CanaryRows> {
  const {
    rows: [row],
  } = await session.query(canarySql(canary));
  return { rows: Number(row?.[0] ?? '0'), newest: toIso(row?.[1] ?? '') };
}

/** What a recovery point is measured against. */
export interface RecoveryReference {
  readonly name: 'start of the drill' | 'live server' | 'target time';
  readonly time: string | undefined;
  /** Rows of the live table that are newer than what was recovered. */
  readonly newerRows: number | undefined;
}

/** Judges the rows: enough of them, none after the target; and the recovery point they prove. */
export function judgeCanary(
  canary: Canary,
  found: CanaryRows,
  reference: RecoveryReference,
  targetTime: string | undefined,
): { readonly check: CertificateCheck; readonly facts: CertificateFacts } {
  const subject = `${canary.database}.${canary.schema}.${canary.table}`;
  const check = (outcome: 'pass' | 'fail', detail: string): CertificateCheck => ({
    id: 'row-canary',
    subject,
    outcome,
    detail,
  });
  if (found.rows < canary.minRows) {
    return { check: check('fail', `${found.rows} rows, expected at least ${canary.minRows}`), facts: {} };
  }
  if (found.newest === undefined) return { check: check('fail', 'the table is empty'), facts: {} };
  if (targetTime !== undefined && Date.parse(found.newest) > Date.parse(targetTime)) {
    return { check: check('fail', `the newest row is of ${found.newest}, after the target ${targetTime}`), facts: {} };
  }
  const lostMs = reference.time === undefined ? undefined : Date.parse(reference.time) - Date.parse(found.newest);
  return {
    check: check('pass', `${found.rows} rows, the newest of ${found.newest}`),
    facts: {
      ...(lostMs === undefined ? {} : { rpoSeconds: Math.max(lostMs, 0) / 1000, rpoReference: reference.name }),
      ...(reference.newerRows === undefined ? {} : { rpoRows: reference.newerRows }),
    },
  };
}
