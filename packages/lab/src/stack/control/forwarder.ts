import { createServer, type Socket } from 'node:net';
import { openForward } from './client.ts';

/** A port of this machine that leads into the lab; it lives in the process that opened it. */
export interface Forwarded {
  readonly host: '127.0.0.1';
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 (a free port unless one is named) and carries every connection to host:port in the lab. */
export async function openForwarder(
  socketPath: string,
  target: { readonly host: string; readonly port: number },
  localPort = 0,
): Promise<Forwarded> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {
      socket.destroy();
    });
  };
  const carry = async (local: Socket): Promise<void> => {
    let remote: Socket;
    try {
      remote = await openForward(socketPath, target.host, target.port);
    } catch {
      // Nobody listens there: to the client it is a connection that ends at once, as a port forwarder does it.
      local.destroy();
      return;
    }
    track(remote);
    local.pipe(remote);
    remote.pipe(local);
    local.once('close', () => remote.destroy());
    remote.once('close', () => {
      local.destroySoon();
    });
    if (local.destroyed) remote.destroy();
  };
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (local) => {
    track(local);
    void carry(local);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: localPort, exclusive: true }, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : localPort;
  return {
    host: '127.0.0.1',
    port,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
