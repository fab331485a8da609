import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWebhook } from './webhook-server.ts';

let directory = '';
let server: Server | undefined;
let url = '';

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pgattest-webhook-'));
  server = await startWebhook({ host: '127.0.0.1', port: 0, file: join(directory, 'notifications.jsonl') });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/`;
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

const post = async (body: string): Promise<number> => (await fetch(url, { method: 'POST', body })).status;
const kept = (): readonly { readonly receivedAt: string; readonly body: unknown }[] =>
  readFileSync(join(directory, 'notifications.jsonl'), 'utf8')
    .trim()
    .split('\n')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text, read back
    .map((line) => JSON.parse(line) as { readonly receivedAt: string; readonly body: unknown });

it('keeps every notification in the order of arrival, with the time', async () => {
  const before = new Date().toISOString();
  expect(await post('{"status":"firing","alerts":[{"labels":{"alertname":"A"}}]}')).toBe(200);
  expect(await post('{"status":"resolved"}')).toBe(200);
  const lines = kept();
  expect(lines.map(({ body }) => body)).toEqual([
    { status: 'firing', alerts: [{ labels: { alertname: 'A' } }] },
    { status: 'resolved' },
  ]);
  expect((lines[0]?.receivedAt ?? '') >= before).toBe(true);
  expect(statSync(join(directory, 'notifications.jsonl')).mode & 0o077).toBe(0);
});

it('keeps what is no JSON as text instead of losing it', async () => {
  expect(await post('not\njson')).toBe(200);
  expect(kept().map(({ body }) => body)).toEqual(['not\njson']);
});

it('says that it could not keep a notification, so that the sender tries again', async () => {
  rmSync(directory, { recursive: true, force: true });
  expect(await post('{}')).toBe(500);
});

it('answers a probe without keeping anything', async () => {
  expect((await fetch(url)).status).toBe(200);
  expect(() => readFileSync(join(directory, 'notifications.jsonl'))).toThrow('ENOENT');
});
