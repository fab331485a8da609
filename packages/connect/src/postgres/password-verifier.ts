import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** How a password is kept: `scram-sha-256` and `md5` are verifiers, `plain` is the password itself. */
export type VerifierKind = 'scram-sha-256' | 'md5' | 'plain' | 'empty';

const scram = /^SCRAM-SHA-256\$(\d{1,9}):([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]{43}=):([A-Za-z0-9+/]{43}=)$/u;
const md5 = /^md5[0-9a-f]{32}$/u;
const derive = promisify(pbkdf2);
/** Beyond it a comparison costs more than half a second. */
const mostIterations = 1_000_000;

/** What kind of secret this is, as PostgreSQL and PgBouncer tell them apart. */
export function verifierKind(verifier: string): VerifierKind {
  if (verifier === '') return 'empty';
  return scram.test(verifier) ? 'scram-sha-256' : md5.test(verifier) ? 'md5' : 'plain';
}

/** Iterations of a SCRAM verifier; undefined for anything else. */
export function scramIterations(verifier: string): number | undefined {
  const count = scram.exec(verifier)?.[1];
  return count === undefined ? undefined : Number(count);
}

/**
 * Whether a verifier is that of this password: the same derivation the server does (RFC 5802, or PostgreSQL's md5 of
 * password and user), and no login. Undefined where it would take too long, or the password is not plain ASCII, of which
 * SASLprep changes nothing.
 */
export async function verifierMatches(verifier: string, user: string, password: string): Promise<boolean | undefined> {
  if (!/^[ -~]+$/u.test(password)) return undefined;
  const [, iterations, salt, storedKey] = scram.exec(verifier) ?? [];
  if (iterations === undefined || salt === undefined || storedKey === undefined) {
    if (!md5.test(verifier)) return equal(verifier, password);
    return equal(verifier, `md5${createHash('md5').update(`${password}${user}`).digest('hex')}`);
  }
  if (Number(iterations) > mostIterations || Number(iterations) < 1) return undefined;
  const salted = await derive(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  return equal(createHash('sha256').update(clientKey).digest('base64'), storedKey);
}

function equal(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
