import type { SqlEvidence } from '../check.ts';

/** How many verifiers there are to compare; the comparison itself is made in the auditor's memory. */
export const verifierCountEvidence = (count: number): SqlEvidence => ({
  fact: 'pg.known-passwords',
  at: 'login roles with a stored password',
  actual: String(count),
  expected: { en: 'none with a known password, compared in memory', zh: '均非已知口令（在内存中比对）' },
  sql: 'SELECT count(*) FROM pg_authid WHERE rolcanlogin AND rolpassword IS NOT NULL',
});
