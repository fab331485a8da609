import type { SqlEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { evidenceRows } from './name-list.ts';
import { psqlRow, psqlRows } from './psql-output.ts';
import { sqlLiteral } from './sql-literal.ts';

type Secrets = FactMap['pg.role-secrets'];

/** Statements name the kind of a verifier only; the verifier stays on the server. */
const kind = `CASE WHEN rolpassword ~ '^SCRAM-SHA-256[$][0-9]+:' THEN 'scram-sha-256' WHEN rolpassword ~ '^md5[0-9a-f]{32}$' THEN 'md5' WHEN rolpassword IS NOT NULL THEN 'unknown' END`;
const iterations = `substring(rolpassword FROM '^SCRAM-SHA-256[$]([0-9]+):')`;

/** Evidence for the password kind of each of these roles, up to a readable number. */
export const secretsEvidence = (secrets: Secrets, expected: Text): readonly SqlEvidence[] =>
  secrets.slice(0, evidenceRows).map(({ name, method, iterations: count }) => ({
    fact: 'pg.role-secrets',
    at: `role ${name}`,
    actual: psqlRow(name, method, count),
    expected,
    sql: `SELECT rolname, ${kind}, ${iterations} FROM pg_authid WHERE rolname = ${sqlLiteral(name)}`,
  }));

/** How many login roles have each kind of password; no kind is no password. */
export function secretKindsEvidence(secrets: Secrets, expected: Text): SqlEvidence {
  const kinds = (['md5', 'scram-sha-256', 'unknown', null] as const).flatMap((method) => {
    const count = secrets.filter((secret) => secret.method === method).length;
    return count === 0 ? [] : [[method, count] as const];
  });
  return {
    fact: 'pg.role-secrets',
    at: 'password kinds',
    actual: psqlRows(kinds),
    expected,
    sql: `SELECT kind, count(*) FROM (SELECT ${kind} AS kind FROM pg_authid WHERE rolcanlogin) AS secrets GROUP BY kind ORDER BY kind COLLATE "C"`,
  };
}

/** Smallest iteration count among the SCRAM passwords; undefined without any. */
export const fewestIterations = (secrets: Secrets): number | undefined => {
  const counts = secrets.flatMap((secret) => secret.iterations ?? []);
  return counts.length === 0 ? undefined : Math.min(...counts);
};

/** Evidence for the smallest iteration count. */
export const fewestIterationsEvidence = (secrets: Secrets, expected: Text): SqlEvidence => ({
  fact: 'pg.role-secrets',
  at: 'fewest iterations',
  actual: String(fewestIterations(secrets) ?? ''),
  expected,
  sql: `SELECT min(${iterations}::int) FROM pg_authid WHERE rolcanlogin`,
});
