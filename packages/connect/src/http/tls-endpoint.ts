import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { abortedError, untilAborted } from '../deadline.ts';
import { ConnectError } from '../errors.ts';
import { describeEndpoint, type TlsEndpoint } from '../tls.ts';
import { requestHttp, type HttpTarget } from './request.ts';

/**
 * Shakes hands with an https server and reads what it shows. No client certificate is sent, nothing is verified and old
 * protocols are let through: the point is to see what is there. Errors: config_invalid, unreachable, tls_failed (no
 * handshake without a client certificate, or no TLS at all), timeout, aborted.
 */
export async function readHttpTlsEndpoint(
  target: Pick<HttpTarget, 'url' | 'serverName'>,
  signal: AbortSignal,
): Promise<TlsEndpoint> {
  const url = new URL(target.url);
  const what = `cannot shake hands with ${url.host}`;
  if (url.protocol !== 'https:') throw new ConnectError('config_invalid', `${what}: ${target.url} is not https`);
  if (signal.aborted) throw abortedError(signal, what);
  const host = url.hostname.replaceAll(/^\[|\]$/gu, '');
  const name = target.serverName ?? host;
  const socket = connect({
    host,
    port: Number(url.port === '' ? '443' : url.port),
    // An address is no server name (RFC 6066 section 3).
    ...(isIP(name) === 0 ? { servername: name } : {}),
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  // TLS 1.3 refuses a missing client certificate only after the handshake: that must not end the process.
  socket.on('error', () => undefined);
  try {
    await untilAborted(once(socket, 'secureConnect'), signal, what);
    return describeEndpoint(socket, url.host);
  } catch (cause) {
    if (cause instanceof ConnectError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const code = codeOf(cause);
    const isTls = /^(ERR_TLS|ERR_SSL)/u.test(code) || code === 'EPROTO';
    throw new ConnectError(isTls ? 'tls_failed' : 'unreachable', `${what}: ${reason || code}`, { cause });
  } finally {
    socket.destroy();
  }
}

/** What a server does with a request that brings neither certificate nor login. */
export type StrangerAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** It ended the connection because no client certificate was shown. */
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Sends one request as somebody who has no certificate and no login, and who trusts anybody. A connection that an https server ends after it
 * was made counts as refused; one that cannot be made is an error. Errors: config_invalid, unreachable, timeout,
 * aborted, invalid_data.
 */
export async function askAsStranger(
  target: HttpTarget,
  call: {
    readonly component: string;
    readonly method: 'GET' | 'POST' | 'PATCH';
    readonly path: string;
    readonly body?: unknown;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<StrangerAnswer> {
  const { url, serverName } = target;
  const stranger: HttpTarget = { url, ...(serverName === undefined ? {} : { serverName }) };
  try {
    const { status, body } = await requestHttp(stranger, { ...call, trust: 'anybody' });
    return { kind: 'answered', status, body };
  } catch (cause) {
    if (!(cause instanceof ConnectError) || !url.startsWith('https:')) throw cause;
    const code = codeOf(cause.cause);
    // The server's alert about the missing certificate.
    const isAlert = /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE)/u.test(code);
    // Ended without a word: a refusal too, if the server is there and speaks TLS.
    const isHangUp = code === 'ECONNRESET' || code === 'EPIPE';
    if (!isAlert && !isHangUp) throw cause;
    if (isHangUp) await readHttpTlsEndpoint(stranger, call.signal);
    return { kind: 'refused', message: cause.message };
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
