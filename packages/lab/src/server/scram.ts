import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

/**
 * The SCRAM-SHA-256 verifier PostgreSQL stores for a password, so that the password itself never travels in SQL
 * (and never reaches the server log or pg_stat_statements). Shape: `SCRAM-SHA-256$4096:<salt>$<stored>:<server>`.
 * Source: RFC 5803 section 3, PostgreSQL docs 52.8 (pg_authid.rolpassword). ASCII passwords only: no SASLprep.
 */
export function scramVerifier(password: string, salt: Uint8Array, iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`;
}
