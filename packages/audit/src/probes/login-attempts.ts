import { tryLogins, type LoginFact } from '../login-fact.ts';
import { defineProbe } from '../probe.ts';

/** Two logins of a role that nobody has: unencrypted up to the first answer, and with a wrong password. */
export const pgLoginAttempts = defineProbe({
  id: 'pg.login-attempts',
  subject: 'instance',
  title: 'What the server answers an unknown role, unencrypted and with a wrong password',
  live: 'tries two logins of a random role that does not exist: one unencrypted, one with a wrong password',
  privilege: 'none in the database; two TCP connections',
  grants: [],
  collect: ({ target, signal }): Promise<LoginFact> => tryLogins(target, signal),
});
