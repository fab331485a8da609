import { createConnection, type Socket } from 'node:net';
import { onAbort, abortedError } from './deadline.ts';
import { ConnectError } from './errors.ts';

/** A port that speaks TLS: at once, or after PostgreSQL's request for it. */
export interface TlsPort {
  readonly host: string;
  readonly port: number;
  readonly startsWith: 'tls' | 'postgres';
}

/** SSLRequest (PostgreSQL docs 54.2.10). */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const enoughBytes = 80;

/**
 * Sends a ClientHello as it is given, and returns the first bytes of what comes back: 80, or fewer where that is an alert
 * or the server ends the connection. Nothing more is sent, so no handshake completes and nobody logs in. Errors: unsupported (PostgreSQL
 * offers no TLS), unreachable, timeout, aborted.
 */
export async function readFirstFlight(port: TlsPort, hello: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  const what = `cannot offer TLS to ${port.host}:${port.port}`;
  if (signal.aborted) throw abortedError(signal, what);
  const socket = createConnection({ host: port.host, port: port.port });
  try {
    return await exchange(socket, port, { hello, signal, what });
  } finally {
    socket.destroy();
  }
}

interface Exchange {
  readonly hello: Uint8Array;
  readonly signal: AbortSignal;
  readonly what: string;
}

function exchange(socket: Socket, { startsWith }: TlsPort, { hello, signal, what }: Exchange): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let isOpen = false;
    let awaitsConsent = startsWith === 'postgres';
    let received = Buffer.alloc(0);
    const forget = onAbort(signal, () => reject(abortedError(signal, what)));
    // A refusal may also be a reset: what was said before it counts.
    const end = (cause?: Error): void => {
      forget();
      if (!isOpen || awaitsConsent) {
        reject(new ConnectError('unreachable', `${what}: ${cause?.message ?? 'the connection was closed'}`, { cause }));
      } else resolve(received);
    };
    socket.once('error', end);
    socket.once('close', () => end());
    socket.once('connect', () => {
      isOpen = true;
      socket.write(awaitsConsent ? sslRequest : hello);
    });
    socket.on('data', (data) => {
      if (awaitsConsent) {
        if (data[0] !== 'S'.codePointAt(0) || data.length > 1) {
          forget();
          reject(new ConnectError('unsupported', `${what}: the server does not offer TLS`));
          return;
        }
        awaitsConsent = false;
        socket.write(hello);
        return;
      }
      received = Buffer.concat([received, data]);
      // Some servers leave the connection open after an alert.
      const isAlert = received[0] === 21 && received.length >= 7;
      if (received.length < enoughBytes && !isAlert) return;
      forget();
      resolve(received.subarray(0, enoughBytes));
    });
  });
}
