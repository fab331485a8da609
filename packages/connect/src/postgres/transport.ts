import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createConnection, isIP, type Socket } from 'node:net';
import { connect as startTls, type ConnectionOptions, type SecureContext, type TLSSocket } from 'node:tls';
import { untilAborted } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import { isUnixSocket, nameOfTarget } from './describe.ts';
import { toConnectError } from './errors.ts';
import type { PgTarget, SslMode } from './session-api.ts';
import type { TlsContexts, TlsMaterial } from './tls-contexts.ts';

/** `try` asks for TLS and goes on without when the server has none. */
export type Encryption = 'plain' | 'try' | 'tls';

/** A connected socket that has not sent a startup packet yet. */
export interface Transport {
  readonly socket: Socket;
  /** The same socket when it is encrypted. */
  readonly tls: TLSSocket | undefined;
  destroy(): void;
}

/** How TLS is spoken where that is not what the target alone says. */
export interface TransportOptions {
  /** For who looks at an endpoint rather than talks to it. */
  readonly overrides?: ConnectionOptions;
  readonly contexts?: TlsContexts | undefined;
}

const attemptsByMode: Readonly<Record<SslMode, readonly Encryption[]>> = {
  disable: ['plain'],
  allow: ['plain', 'tls'],
  prefer: ['try', 'plain'],
  require: ['tls'],
  'verify-ca': ['tls'],
  'verify-full': ['tls'],
};

/** What to attempt, in order, to give the target's sslmode libpq's meaning (PostgreSQL docs 32.19.3). */
export function encryptionAttempts(target: PgTarget): readonly Encryption[] {
  return isUnixSocket(target) ? ['plain'] : attemptsByMode[target.sslMode];
}

/**
 * Connects and, where asked, negotiates TLS. A root certificate is always verified against when there is one, the host
 * name with verify-full only, as libpq does. Errors: unreachable, tls_failed, config_invalid, timeout, aborted.
 */
export async function openTransport(
  target: PgTarget,
  encryption: Encryption,
  signal: AbortSignal,
  { overrides, contexts }: TransportOptions = {},
): Promise<Transport> {
  const what = `cannot connect to ${nameOfTarget(target)}`;
  const options = encryption === 'plain' ? undefined : { ...(await tlsOptions(target, contexts)), ...overrides };
  const socket = isUnixSocket(target)
    ? createConnection({ path: `${target.host}/.s.PGSQL.${target.port}` })
    : createConnection({ host: target.hostAddress ?? target.host, port: target.port });
  // A socket that fails after everybody has turned away must not end the process.
  socket.on('error', () => undefined);
  try {
    await occurrence(socket, 'connect', signal, what);
    if (options === undefined) return { socket, tls: undefined, destroy: () => socket.destroy() };
    if (!(await serverTakesTls(socket, signal, what))) {
      if (encryption === 'try') return { socket, tls: undefined, destroy: () => socket.destroy() };
      throw new ConnectError('tls_failed', `${what}: the server does not offer TLS (sslmode=${target.sslMode})`);
    }
    const tls = await upgrade(socket, options, signal, what);
    return {
      socket: tls,
      tls,
      destroy: () => {
        tls.destroy();
        socket.destroy();
      },
    };
  } catch (error) {
    socket.destroy();
    throw toConnectError(error, what);
  }
}

/** SSLRequest (PostgreSQL docs 54.2.10): one byte, S or N. */
async function serverTakesTls(socket: Socket, signal: AbortSignal, what: string): Promise<boolean> {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(80_877_103, 4);
  socket.write(request);
  const answer = await occurrence(socket, 'data', signal, what);
  const text = Buffer.isBuffer(answer) ? answer.toString('latin1') : '';
  if (text === 'S') return true;
  if (text === 'N') return false;
  // More than one byte is an attempt to slip unencrypted data into the encrypted stream (CVE-2021-23222).
  throw new ConnectError('tls_failed', `${what}: it did not answer the TLS request as PostgreSQL does`);
}

async function upgrade(
  socket: Socket,
  options: ConnectionOptions,
  signal: AbortSignal,
  what: string,
): Promise<TLSSocket> {
  try {
    const tls = startTls({ ...options, socket });
    tls.on('error', () => undefined);
    await occurrence(tls, 'secureConnect', signal, what);
    return tls;
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectError('tls_failed', `${what}: TLS handshake failed: ${reason}`, { cause: error });
  }
}

async function tlsOptions(target: PgTarget, contexts: TlsContexts | undefined): Promise<ConnectionOptions> {
  const { host, sslMode, sslRootCert, sslCert, sslKey } = target;
  const verifies = sslRootCert !== undefined;
  if (!verifies && (sslMode === 'verify-ca' || sslMode === 'verify-full')) {
    throw new ConnectError(
      'config_invalid',
      `sslmode=${sslMode} for ${nameOfTarget(target)} needs a root certificate; set sslrootcert or ~/.postgresql/root.crt`,
    );
  }
  const material = {
    minVersion: 'TLSv1.2' as const,
    ...(sslRootCert === undefined || sslRootCert === 'system' ? {} : { ca: await readPem('sslrootcert', sslRootCert) }),
    ...(await clientCertificate(sslCert, sslKey)),
  };
  return {
    host,
    // An address is no server name (RFC 6066 section 3).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: verifies,
    ...(sslMode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
    ...(contexts === undefined ? material : { secureContext: contextOf(contexts, material, target) }),
  };
}

function contextOf(contexts: TlsContexts, material: TlsMaterial, target: PgTarget): SecureContext {
  try {
    return contexts.contextOf(material);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `cannot connect to ${nameOfTarget(target)}: TLS cannot use its certificate files: ${reason}`;
    throw new ConnectError('tls_failed', message, { cause });
  }
}

async function clientCertificate(
  sslCert: string | undefined,
  sslKey: string | undefined,
): Promise<Pick<TlsMaterial, 'cert' | 'key'>> {
  if (sslCert === undefined) return {};
  if (sslKey === undefined) {
    throw new ConnectError('config_invalid', `there is no private key for the certificate ${sslCert}; set sslkey`);
  }
  const key = await readPem('sslkey', sslKey);
  const { mode, uid } = await stat(sslKey);
  // libpq's rule: nobody else may touch the key, but root may let a group read one of its own.
  if ((mode & (uid === 0 && process.getuid?.() !== 0 ? 0o027 : 0o077)) !== 0) {
    throw new ConnectError('config_invalid', `the private key ${sslKey} is open to others; run chmod 0600 ${sslKey}`);
  }
  return { cert: await readPem('sslcert', sslCert), key };
}

async function readPem(parameter: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectError('config_invalid', `cannot read ${parameter}: ${reason}`, { cause: error });
  });
}

/** Waits for one event of a socket; its error or end before that is a failure. */
async function occurrence(socket: Socket, event: string, signal: AbortSignal, what: string): Promise<unknown> {
  const listening = new AbortController();
  const failed = (async (): Promise<never> => {
    await once(socket, 'close', { signal: listening.signal });
    throw new ConnectError('unreachable', `${what}: the server closed the connection`);
  })();
  const happened = (async (): Promise<unknown> => {
    // once() also rejects when the socket emits 'error'.
    const values: readonly unknown[] = await once(socket, event, { signal: listening.signal });
    return values[0];
  })();
  failed.catch(() => undefined);
  try {
    return await untilAborted(Promise.race([happened, failed]), signal, what);
  } finally {
    listening.abort();
  }
}
