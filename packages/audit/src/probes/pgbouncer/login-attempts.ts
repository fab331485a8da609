import { tryLogins, type LoginFact } from '../../login-fact.ts';
import { defineProbe } from '../../probe.ts';
import { showRows } from './show-rows.ts';

/** Two logins of a user that nobody has, to the first database that the pooler serves. */
export const pgbouncerLoginAttempts = defineProbe({
  id: 'pgbouncer.login-attempts',
  subject: 'pgbouncer',
  title: 'What PgBouncer answers an unknown user, unencrypted and with a wrong password',
  live: 'tries two logins of a random user that does not exist: one unencrypted, one with a wrong password',
  privilege: 'membership in stats_users of pgbouncer.ini, to know a database; two TCP connections',
  grants: [],
  async collect({ console, target, signal }): Promise<LoginFact> {
    // Without a database that exists the pooler may turn a client away before it looks at who it is.
    const databases = await showRows(console, 'SHOW DATABASES', signal);
    const names = databases.map((row) => row.get('name') ?? '').filter((name) => name !== '' && name !== 'pgbouncer');
    return tryLogins({ ...target, database: names[0] ?? 'postgres' }, signal);
  },
});
