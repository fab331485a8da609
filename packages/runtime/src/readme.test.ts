import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  createLogger,
  expose,
  expositionContentType,
  parseListenAddress,
  startHttpServer,
  urlOf,
  type Family,
} from './index.ts';

test('the example of the README runs', async () => {
  // example
  const logger = createLogger({ level: 'info', format: 'logfmt', stream: process.stderr });
  const up: Family = {
    name: 'demo_up',
    kind: 'gauge',
    help: 'Whether the demo runs',
    labelNames: ['ins'],
    samples: [{ labels: ['pg-demo-1'], value: 1 }],
  };
  const server = await startHttpServer({
    listen: [parseListenAddress('127.0.0.1:0')],
    routes: [
      {
        method: 'GET',
        path: '/metrics',
        handle: () => ({ status: 200, contentType: expositionContentType, body: expose([up]) }),
      },
    ],
    logger,
  });
  const [address] = server.addresses;
  // end
  const response = await fetch(`${address === undefined ? '' : urlOf(address)}/metrics`);
  expect(await response.text()).toContain('demo_up{ins="pg-demo-1"} 1\n');
  await server.close();
});

test('the example of the README is the one that runs', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const source = await readFile(new URL(import.meta.url), 'utf8');
  const example = /\/\/ example\n(.*?) {2}\/\/ end/s.exec(source)?.[1]?.replaceAll(/^ {2}/gm, '');
  expect(/```ts\n(.*?)```/s.exec(readme)?.[1]).toBe(example);
});
