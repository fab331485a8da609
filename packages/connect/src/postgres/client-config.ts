import type { ClientConfig } from 'pg';
import { ConnectError } from '../errors.ts';
import { nameOfTarget } from './describe.ts';
import type { PgTarget } from './session-api.ts';
import type { Transport } from './transport.ts';

/** PostgreSQL 16 lets administrators raise scram_iterations; a million costs about half a second of one core. */
export const scramMaxIterations = 1_000_000;

/**
 * What `pg` needs to log in through a transport, whatever the session is for. Every setting is given, because `pg` would
 * fill a missing one from this process's environment.
 */
export function loginConfig(
  target: PgTarget,
  { socket }: Transport,
  applicationName: string,
): ClientConfig & { readonly scramMaxIterations: number } {
  return {
    host: target.host,
    port: target.port,
    user: target.user,
    database: target.database,
    // A function keeps the password out of the client's properties.
    password: () => revealPassword(target),
    // The transport has negotiated TLS with libpq's rules; `pg` sees a socket that is connected already.
    stream: () => preconnected(socket),
    ssl: false,
    sslnegotiation: 'postgres',
    scramMaxIterations,
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  };
}

/** Throws auth_failed with the reason when there is no password. */
function revealPassword(target: PgTarget): string {
  if (target.password !== undefined) return target.password.reveal();
  const note = target.passwordNote === undefined ? '' : ` (${target.passwordNote})`;
  throw new ConnectError(
    'auth_failed',
    `cannot connect to ${nameOfTarget(target)}: the server asks for a password of "${target.user}" and none is configured${note}`,
  );
}

/** `pg` insists on connecting its stream itself. */
function preconnected(socket: Transport['socket']): Transport['socket'] {
  return Object.assign(socket, {
    connect: () => {
      setImmediate(() => socket.emit('connect'));
      return socket;
    },
  });
}
