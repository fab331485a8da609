import { exitCode, parseListenAddress, RuntimeError, urlOf, type CommandSpec } from '@pgattest/runtime';
import { startWebhook } from './webhook-server.ts';

/** `pgattest lab webhook`: what Alertmanager of the lab notifies. */
export const labWebhookCommand: CommandSpec = {
  name: 'webhook',
  summary: 'keep the notifications of Alertmanager in a file (the lab starts it)',
  example: 'pgattest lab webhook --listen 127.0.0.1:9098 --file notifications.jsonl',
  options: [
    { flags: '--listen <address>', summary: 'host:port to serve on', default: '127.0.0.1:9098' },
    { flags: '--file <file>', summary: 'gets a line of JSON per notification', default: 'notifications.jsonl' },
  ],
  async run({ options, signal, stderr }) {
    const { listen, file } = options;
    if (typeof listen !== 'string' || typeof file !== 'string') {
      throw new RuntimeError('usage', 'lab webhook needs --listen <host:port> and --file <file>');
    }
    const address = parseListenAddress(listen);
    const server = await startWebhook({ ...address, file });
    stderr.write(`notifications from ${urlOf(address)}/ go to ${file}\n`);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return exitCode.ok;
  },
};
