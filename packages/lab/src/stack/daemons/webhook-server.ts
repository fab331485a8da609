import { appendFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';

/** Where notifications come in and where they are kept. */
export interface WebhookOptions {
  readonly host: string;
  readonly port: number;
  /** Gets one line per notification: `{"receivedAt": ISO 8601, "body": the document as sent}`. */
  readonly file: string;
}

const maxBodyBytes = 4 * 1024 * 1024;

/**
 * Takes what Alertmanager posts and appends it to a file; a body that is no JSON is kept as text, so that nothing that
 * arrived is lost. `GET /` says that it is there. Errors: the server's, when it cannot listen.
 */
export async function startWebhook({ host, port, file }: WebhookOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string): void => {
      response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
    };
    if (request.method !== 'POST') {
      request.resume();
      answer(200, 'pgattest lab webhook');
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > maxBodyBytes) {
        answer(413, `more than ${maxBodyBytes} bytes`);
        return;
      }
      try {
        appendFileSync(file, notificationLine(Buffer.concat(chunks).toString('utf8'), new Date().toISOString()), {
          mode: 0o600,
        });
        answer(200, 'kept');
      } catch (error) {
        // Alertmanager tries again.
        answer(500, `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

/** The line that is kept of a notification. */
export function notificationLine(body: string, receivedAt: string): string {
  return `${JSON.stringify({ receivedAt, body: documentOf(body) })}\n`;
}

function documentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
