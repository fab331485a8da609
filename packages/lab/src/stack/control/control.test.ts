import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveControl } from '../supervisor/control-server.ts';
import { callLab } from './client.ts';
import { openForwarder } from './forwarder.ts';
import type { StartEvent } from './protocol.ts';

const directory = mkdtempSync(join(tmpdir(), 'pgattest-control-'));
const path = join(directory, 'control.sock');
// Says back what it hears, in capitals, and ends when the other side does.
const echo = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('data', (chunk) => socket.write(chunk.toString('utf8').toUpperCase()));
  socket.on('end', () => socket.end('BYE'));
  socket.on('error', () => {});
});
let echoPort = 0;
let closeControl = (): void => {};

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    echo.listen(0, '127.0.0.1', resolve);
  });
  const address = echo.address();
  echoPort = typeof address === 'object' && address !== null ? address.port : 0;
  const server = await serveControl(path, {
    async answer({ op, params }, tell, gone) {
      if (op === 'watch') tell({ event: { kind: 'up', atMs: 1 } });
      if (op === 'sql') throw new Error(`no member ${String(params['member'])}`);
      if (op === 'primary') await new Promise((resolve) => gone.addEventListener('abort', resolve));
      return op === 'exec' ? { code: 0, stdout: String(params['input']), stderr: '' } : {};
    },
    forward: ({ params }) => {
      if (params['host'] !== 'mon') throw new Error('the lab has no such host');
      return { host: '127.0.0.1', port: Number(params['port']) };
    },
  });
  closeControl = () => server.close();
});

afterAll(() => {
  closeControl();
  echo.close();
  rmSync(directory, { recursive: true });
});

async function talk(port: number, words: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('utf8');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      resolve(heard);
    });
    socket.on('end', () => socket.end());
    for (const word of words) socket.write(word);
    socket.end();
  });
}

describe('the control socket', () => {
  test('is for its owner alone', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('carries requests and answers of any size', async () => {
    const input = 'ä'.repeat(500_000);
    const result = await callLab(path, 'exec', { host: 'mon', argv: ['cat'], input });
    expect(result.stdout === input).toBe(true);
  });

  test('carries events before the answer', async () => {
    const events: StartEvent[] = [];
    await callLab(path, 'watch', {}, { onEvent: (event) => events.push(event) });
    expect(events).toEqual([{ kind: 'up', atMs: 1 }]);
  });

  test("carries the supervisor's own words when it fails", async () => {
    await expect(callLab(path, 'sql', { member: 'x', statement: '' })).rejects.toThrow('no member x');
  });

  test('gives up after the deadline, and at once when interrupted', async () => {
    await expect(callLab(path, 'primary', {}, { timeoutMs: 50 })).rejects.toThrow('did not answer to primary');
    const controller = new AbortController();
    const call = callLab(path, 'primary', {}, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toThrow('interrupted');
  });

  test('says that nobody is there', async () => {
    await expect(callLab(join(directory, 'none.sock'), 'ping', {})).rejects.toThrow('no lab answers at');
  });
});

describe('a forwarded port', () => {
  test('carries bytes both ways and the end of each side', async () => {
    const one = await openForwarder(path, { host: 'mon', port: echoPort });
    try {
      expect(await talk(one.port, ['hello ', 'world '])).toBe('HELLO WORLD BYE');
      const answers = await Promise.all(['a', 'b', 'c'].map(async (word) => talk(one.port, [word])));
      expect(answers).toEqual(['ABYE', 'BBYE', 'CBYE']);
    } finally {
      await one.close();
    }
  });

  test('ends a connection that leads nowhere, and goes on', async () => {
    const nowhere = await openForwarder(path, { host: 'elsewhere', port: echoPort });
    const closed = await openForwarder(path, { host: 'mon', port: 1 });
    try {
      expect(await talk(nowhere.port, ['x'])).toBe('');
      expect(await talk(closed.port, ['x'])).toBe('');
      expect(await talk(closed.port, ['x'])).toBe('');
    } finally {
      await nowhere.close();
      await closed.close();
    }
  });
});
