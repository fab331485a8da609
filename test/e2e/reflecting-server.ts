import { createServer, type IncomingMessage } from 'node:http';

/** A server that answers every request with what it was sent, logins included, as debug pages of frameworks do. */
export interface ReflectingServer {
  readonly port: number;
  readonly requests: number;
  close(): Promise<void>;
}

/**
 * Serves on a free port of loopback. One after the other: a refusal, a failure, an answer that is no JSON, one that is cut
 * off, and one that is JSON of another kind.
 */
export async function startReflectingServer(): Promise<ReflectingServer> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const turn = requests % 5;
    const reflect = (body: string): void => {
      const authorization = request.headers.authorization ?? '';
      const clear = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
      const seen = `${request.method ?? ''} ${request.url ?? ''}\n${authorization}\n${clear}\n${body}`;
      const json = JSON.stringify({ error: seen, message: seen, code: 16, version: seen });
      if (turn === 0) response.writeHead(401, { 'www-authenticate': 'Basic' }).end(json);
      else if (turn === 1) response.writeHead(500, { 'content-type': 'text/html' }).end(`<pre>${seen}</pre>`);
      else if (turn === 2) response.writeHead(200).end(seen);
      else if (turn === 3) response.writeHead(200, { 'content-type': 'application/json' }).end(json.slice(0, -2));
      else response.writeHead(200, { 'content-type': 'application/json' }).end(json);
    };
    void bodyOf(request).then(reflect);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    get requests() {
      return requests;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a request without an encoding is read as bytes
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
