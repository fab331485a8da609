import { AsyncLocalStorage } from 'node:async_hooks';
import { Writable } from 'node:stream';
import { createLogger, RuntimeError } from '@pgattest/runtime';
import { expect, test, vi } from 'vitest';
import type { ServedExporter } from '../source-api.ts';
import { superviseExporter } from './supervised-exporter.ts';

function logInto(lines: string[]) {
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return createLogger({ level: 'info', format: 'logfmt', stream });
}

/** An exporter that only counts what is done to it. */
function counted(events: string[]): ServedExporter {
  return {
    addresses: [{ host: '127.0.0.1', port: 9630 }],
    isTls: false,
    reload: async () => void events.push('reload'),
    close: async () => void events.push('close'),
  };
}

test('a port that is taken is tried again until it is free', async () => {
  const events: string[] = [];
  const lines: string[] = [];
  let attempts = 0;
  const exporter = superviseExporter({
    name: 'pg',
    owner: new AsyncLocalStorage(),
    logger: logInto(lines),
    firstRetryMs: 1,
    open: async () => {
      attempts += 1;
      if (attempts < 3) throw new RuntimeError('address_in_use', '127.0.0.1:9630 is taken');
      return counted(events);
    },
  });
  await exporter.begun;
  expect(attempts).toBe(3);
  expect(lines.filter((line) => line.includes('127.0.0.1:9630 is taken'))).toHaveLength(2);
  await exporter.reload();
  await exporter.close();
  expect(events).toEqual(['reload', 'close']);
});

test('what its user must mend is not tried again', async () => {
  let attempts = 0;
  const exporter = superviseExporter({
    name: 'pg',
    owner: new AsyncLocalStorage(),
    logger: logInto([]),
    open: async () => {
      attempts += 1;
      throw new RuntimeError('config_invalid', 'pg_exporter.yml:1:1 is no collector');
    },
  });
  await expect(exporter.begun).rejects.toThrow('pg_exporter.yml:1:1 is no collector');
  await exporter.close();
  expect(attempts).toBe(1);
});

test('after an error nobody caught it is closed and opened again, once for many errors', async () => {
  const events: string[] = [];
  const lines: string[] = [];
  const owner = new AsyncLocalStorage<string>();
  const owners: (string | undefined)[] = [];
  const exporter = superviseExporter({
    name: 'backrest',
    owner,
    logger: logInto(lines),
    firstRetryMs: 1,
    open: async () => {
      owners.push(owner.getStore());
      events.push('open');
      return counted(events);
    },
  });
  await exporter.begun;
  exporter.restart(new Error('first'));
  exporter.restart(new Error('second'));
  await vi.waitFor(() => expect(events).toEqual(['open', 'close', 'open']));
  await exporter.close();
  expect(events).toEqual(['open', 'close', 'open', 'close']);
  expect(owners).toEqual(['backrest', 'backrest']);
  expect(lines.filter((line) => line.includes('exporter failed, it is started again'))).toHaveLength(1);
});

test('closing while it waits for its port ends the wait', async () => {
  const exporter = superviseExporter({
    name: 'pg',
    owner: new AsyncLocalStorage(),
    logger: logInto([]),
    firstRetryMs: 3_600_000,
    open: () => Promise.reject(new RuntimeError('address_in_use', 'taken')),
  });
  await exporter.close();
  await expect(exporter.begun).resolves.toBeUndefined();
});
