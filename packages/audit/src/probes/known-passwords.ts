import { createHash } from 'node:crypto';
import { verifierMatches, type PgTarget, type Secret } from '@pgattest/connect';
import { dictionaryPasswords, passwordsOfName } from '../node/dictionary-passwords.ts';
import { publishedPasswords } from '../node/published-passwords.ts';
import { defineProbe } from '../probe.ts';

/** What was found out about one role's password, without a login. Verifiers stay in the auditor's memory. */
export interface KnownPassword {
  readonly name: string;
  readonly superuser: boolean;
  readonly replication: boolean;
  /** `pigsty pg_admin_password`, `dictionary`, `made of the role name`; null when it is none that was tried. */
  readonly known: string | null;
  /** Whether it is the password that the auditor itself logs in with; null when the auditor uses none. */
  readonly isAuditors: boolean | null;
  /** Tells two SCRAM verifiers apart: a digest, of which nothing follows as each has 16 random bytes. */
  readonly fingerprint: string | null;
}

export interface KnownPasswords {
  /** A standby holds the verifiers of its primary: they are compared there. */
  readonly isCopy: boolean;
  readonly auditor: string;
  readonly roles: readonly KnownPassword[];
  /** Roles beyond the number that is compared, least powerful first left out. */
  readonly untried: readonly string[];
}

/** Each role costs about fifty derivations of 4096 rounds. */
const mostRoles = 100;

/** Compares stored verifiers with passwords that anybody could guess, as the server would, without a login. */
export const pgKnownPasswords = defineProbe({
  id: 'pg.known-passwords',
  subject: 'instance',
  title: 'Which stored password verifiers are those of published, frequent or shared passwords (compared in memory)',
  privilege: 'SELECT on columns rolname, rolcanlogin and rolpassword of pg_authid, in the database it connects to',
  grants: ['GRANT SELECT (rolname, rolcanlogin, rolpassword) ON pg_catalog.pg_authid TO {role}'],
  async collect({ pg, target, signal }): Promise<KnownPasswords> {
    const [server] = await pg.rows<{ copy: string }>('SELECT pg_is_in_recovery() AS copy', { signal });
    if (server?.copy !== 'f') return { isCopy: true, auditor: target.user, roles: [], untried: [] };
    const rows = await pg.rows<{ name: string; secret: string; superuser: string; replication: string }>(
      `SELECT a.rolname AS name, a.rolpassword AS secret, r.rolsuper AS superuser, r.rolreplication AS replication
       FROM pg_authid a
       JOIN pg_roles r ON r.rolname = a.rolname
       WHERE a.rolcanlogin AND a.rolpassword IS NOT NULL
       ORDER BY r.rolsuper DESC, r.rolreplication DESC, a.rolname`,
      { signal },
    );
    const roles: KnownPassword[] = [];
    for (const { name, secret, superuser, replication } of rows.slice(0, mostRoles)) {
      signal.throwIfAborted();
      const shared = await isAuditors(secret, name, target);
      roles.push({
        name,
        superuser: superuser === 't',
        replication: replication === 't',
        known: await findKnown(name, shared === true ? target.password : undefined, secret),
        isAuditors: name === target.user && target.password !== undefined ? true : shared,
        fingerprint: fingerprintOf(secret),
      });
    }
    return { isCopy: false, auditor: target.user, roles, untried: rows.slice(mostRoles).map(({ name }) => name) };
  },
});

/** Which of the passwords that anybody could guess it is. `own` is the password, where it is known: nothing is derived then. */
async function findKnown(name: string, own: Secret | undefined, secret: string): Promise<string | null> {
  const candidates = [
    ...publishedPasswords.entries.map((entry) => ({ what: entry.name, password: entry.password })),
    ...passwordsOfName(name).map((password) => ({ what: 'made of the role name', password })),
    ...dictionaryPasswords.map((password) => ({ what: 'dictionary', password })),
  ];
  if (own !== undefined) return candidates.find(({ password }) => password === own.reveal())?.what ?? null;
  for (const { what, password } of candidates) {
    if ((await verifierMatches(secret, name, password)) === true) return what;
  }
  return null;
}

/** Whether it is the auditor's password; null where that cannot be told. */
const isAuditors = async (secret: string, name: string, { password }: PgTarget): Promise<boolean | null> =>
  password === undefined ? null : ((await verifierMatches(secret, name, password.reveal())) ?? null);

/** None of an MD5 verifier, whose salt is the role name: a digest of it could be guessed from. */
const fingerprintOf = (secret: string): string | null =>
  secret.startsWith('SCRAM-SHA-256$') ? createHash('sha256').update(secret).digest('hex').slice(0, 16) : null;
