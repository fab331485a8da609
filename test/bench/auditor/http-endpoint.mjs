// An address that answers HTTP requests after a delay.
import { createServer } from 'node:http';

/** `answer(method, path, body)` gives { status, body }; anything else than a known route is a 404, and counted. */
export function createHttpEndpoint({ answer, latencyMs, count }) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const found = answer(request.method, request.url, Buffer.concat(chunks).toString('utf8'));
      count(found === undefined ? `not recorded: ${request.method} ${request.url}` : 'requests');
      const { status, body } = found ?? { status: 404, body: '' };
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.end(body);
      }, latencyMs());
    });
  });
  server.on('clientError', (_, socket) => socket.destroy());
  return server;
}
