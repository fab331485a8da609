import { settleWithin } from '../deadline.ts';
import { openTransport, type Encryption } from './transport.ts';
import type { PgTarget } from './session-api.ts';

/** What the server gave at the start of a session to cancel its queries with. */
export interface CancelKey {
  readonly processId: number;
  readonly secretKey: number;
}

/**
 * Sends a CancelRequest (PostgreSQL docs 54.2.8) on a connection of its own, encrypted like the session's, and waits
 * until the server has taken it, at most `boundMs`. Never throws: the server does not say whether it cancelled, and
 * its statement_timeout still holds when it cannot be reached.
 */
export async function sendCancelRequest(
  target: PgTarget,
  encryption: Encryption,
  key: CancelKey,
  boundMs: number,
): Promise<void> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), boundMs);
  const send = async (): Promise<void> => {
    const transport = await openTransport(target, encryption, controller.signal);
    try {
      const taken = new Promise<void>((resolve) => {
        transport.socket.once('close', () => {
          resolve();
        });
      });
      const request = Buffer.alloc(16);
      request.writeInt32BE(16, 0);
      request.writeInt32BE(80_877_102, 4);
      request.writeInt32BE(key.processId, 8);
      request.writeInt32BE(key.secretKey, 12);
      // Reading is what notices that the server closed the connection, which it does once the signal is sent.
      transport.socket.resume();
      transport.socket.end(request);
      await settleWithin(taken, boundMs);
    } finally {
      transport.destroy();
    }
  };
  await settleWithin(send(), boundMs);
  clearTimeout(timer);
  controller.abort();
}
