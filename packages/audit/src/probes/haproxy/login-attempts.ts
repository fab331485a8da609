import { ConnectError } from '@pgattest/connect';
import { tryLogins, type LoginFact } from '../../login-fact.ts';
import type { HaproxyService } from '../../probe-contexts.ts';
import { defineProbe } from '../../probe.ts';

/** What a stranger is told at one service; or why nobody told it anything. */
export interface ServiceLogin {
  readonly service: HaproxyService;
  readonly login: LoginFact | null;
  /** Null when it answered. */
  readonly problem: string | null;
}

/** Two logins of a role that nobody has, through every service. */
export const haproxyLoginAttempts = defineProbe({
  id: 'haproxy.login-attempts',
  subject: 'haproxy',
  title: 'What every service answers an unknown role, unencrypted and with a wrong password',
  live: 'tries two logins of a random role that does not exist at every declared service of HAProxy',
  privilege: 'none: two TCP connections to each declared service',
  grants: [],
  async collect({ services, signal }): Promise<readonly ServiceLogin[]> {
    const seen: ServiceLogin[] = [];
    // One after the other: each takes a connection of a pool behind it.
    for (const service of services) seen.push(await look(service, signal));
    return seen;
  },
});

async function look(service: HaproxyService, signal: AbortSignal): Promise<ServiceLogin> {
  try {
    const { host, port } = service;
    return { service, login: await tryLogins({ host, port, database: 'postgres' }, signal), problem: null };
  } catch (error) {
    if (!(error instanceof ConnectError) || signal.aborted) throw error;
    return { service, login: null, problem: error.message };
  }
}
