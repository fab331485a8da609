import { createServer } from 'node:net';

/** Whether 127.0.0.1:port can be bound right now. */
export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** The first free port from `first` upwards that is not in `taken`. */
export async function nextFreePort(first: number, taken: readonly number[] = []): Promise<number> {
  for (let port = first; port < first + 1000 && port < 65_536; port += 1) {
    if (!taken.includes(port) && (await isPortFree(port))) return port;
  }
  throw new RangeError(`no free port on 127.0.0.1 from ${first} on`);
}

/**
 * A free port below the kernel's ephemeral range, so that a server can be stopped and started again without an outgoing
 * connection having taken its port in between. Parallel callers are spread by chance.
 */
export async function randomFreePort(taken: readonly number[] = []): Promise<number> {
  return nextFreePort(16_000 + Math.floor(Math.random() * 15_000), taken);
}
