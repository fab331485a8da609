import { randomBytes } from 'node:crypto';
import { attemptLogin, type LoginAnswer, type PgTarget } from '@pgattest/connect';

/** What a stranger was told at one port. Null where there was nothing to tell. */
export interface LoginTry {
  readonly encrypted: boolean;
  readonly first: LoginAnswer['first'];
  readonly method: string | null;
  readonly proof: LoginAnswer['proof'];
  readonly sqlState: string | null;
  /** The server's words, with `{role}` for the name that was tried. */
  readonly message: string | null;
}

/** Two logins of a role that nobody has, at one port. */
export interface LoginFact {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** The auditor reached it at an address of the machine itself: what the network meets was not tried. */
  readonly overLoopback: boolean;
  /** Without encryption, and without answering a question for a proof. */
  readonly plain: LoginTry;
  /** Encrypted where the port offers it, with a wrong proof. */
  readonly wrong: LoginTry;
}

/**
 * Tries both with a new random name, so that no account is locked and no failure is counted against anybody.
 * Errors: those of `attemptLogin`.
 */
export async function tryLogins(
  place: Pick<PgTarget, 'host' | 'port' | 'database'> & { readonly hostAddress?: string | undefined },
  signal: AbortSignal,
): Promise<LoginFact> {
  const role = `pgattest_${randomBytes(6).toString('hex')}`;
  const target: PgTarget = {
    ...place,
    user: role,
    sslMode: 'prefer',
    password: undefined,
    sslRootCert: undefined,
    sslCert: undefined,
    sslKey: undefined,
    passfile: undefined,
    applicationName: undefined,
  };
  const plain = await attemptLogin(target, { encryption: 'plain', signal });
  const wrong = await attemptLogin(target, { encryption: 'try', signal });
  return {
    host: place.host,
    port: place.port,
    database: place.database,
    overLoopback: /^(?:127\.|::1$|localhost$)/u.test(place.hostAddress ?? place.host),
    plain: told(plain, role),
    wrong: told(wrong, role),
  };
}

const longestWords = 200;

const told = (answer: LoginAnswer, role: string): LoginTry => ({
  encrypted: answer.encrypted,
  first: answer.first,
  method: answer.method ?? null,
  proof: answer.proof,
  sqlState: answer.sqlState ?? null,
  message: answer.message?.replaceAll(role, '{role}').slice(0, longestWords) ?? null,
});
