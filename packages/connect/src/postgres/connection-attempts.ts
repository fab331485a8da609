import { ConnectError } from '../errors.ts';
import { nameOfTarget } from './describe.ts';
import { toConnectError } from './errors.ts';
import type { PgTarget } from './session-api.ts';
import type { TlsContexts } from './tls-contexts.ts';
import { encryptionAttempts, openTransport, type Transport } from './transport.ts';

/**
 * Logs in with what the target's sslmode allows, in libpq's order: the next kind of connection is tried where TLS fails,
 * or where no pg_hba.conf entry matches this kind. Errors: ConnectError of the last attempt.
 */
export async function attemptConnections<T>(
  target: PgTarget,
  signal: AbortSignal,
  login: (transport: Transport) => Promise<T>,
  contexts?: TlsContexts,
): Promise<T> {
  const what = `cannot connect to ${nameOfTarget(target)}`;
  let failure = new ConnectError('unreachable', what);
  for (const encryption of encryptionAttempts(target)) {
    let encrypted = false;
    try {
      const transport = await openTransport(target, encryption, signal, { contexts });
      encrypted = transport.tls !== undefined;
      return await login(transport);
    } catch (error) {
      failure = toConnectError(error, what);
      // 28000 is "no pg_hba.conf entry": only then can the other kind of connection fare better. libpq also retries a
      // wrong password, which doubles what lockout and auth_delay count.
      const rejected = failure.sqlState === '28000';
      const mayRetry = encryption === 'plain' ? rejected : failure.code === 'tls_failed' || (rejected && encrypted);
      if (!mayRetry || signal.aborted) throw failure;
    }
  }
  throw failure;
}
