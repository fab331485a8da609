import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { recordings } from '@pgattest/monitoring';
import { afterEach, describe, expect, test } from 'vitest';
import { allReasons, readNames, reasonFor } from './account.mjs';

const script = new URL('account.mjs', import.meta.url).pathname;
const names = readNames();

let server: Server | undefined;
afterEach(async () => {
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

/** Answers like Prometheus where every name but those missing has a series, and nothing else has. */
async function serve(missing: ReadonlySet<string>, others: Readonly<Record<string, number>> = {}): Promise<string> {
  const started = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams.get('query') ?? '';
    const asked = /^count by \(__name__\) \(\{__name__=~"(.*)"\}\)$/.exec(query)?.[1];
    const found =
      asked === undefined
        ? query in others
          ? [{}]
          : []
        : asked
            .split('|')
            .filter((name) => !missing.has(name))
            .map((name) => ({ __name__: name }));
    const result = found.map((metric) => ({ metric, value: [0, '1'] }));
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', () => resolve()));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}

/** In a process of its own: it is a program, and the server above has to answer meanwhile. */
const account = (...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, out });
    });
  });

describe('names that Pigsty reads', () => {
  const recorded = new Set(recordings.map(({ name }) => name));
  test('are recorded here, or need another exporter', () => {
    const neither = (names['recorded'] ?? []).filter(
      (name) => !recorded.has(name) && reasonFor(name)?.kind !== 'external exporter',
    );
    expect(neither).toEqual([]);
  });
  test('are as many as its dashboards and rules have', () => {
    expect(['pg', 'pgbouncer', 'pgbackrest', 'recorded'].map((group) => names[group]?.length)).toEqual([
      181, 36, 8, 399,
    ]);
  });
  test('stand beside all that our rules record', () => {
    const accounted = new Set(Object.values(names).flat());
    expect([...recorded].filter((name) => !accounted.has(name))).toEqual([]);
  });
  test('have data when every name has', async () => {
    const { code, out } = await account(await serve(new Set()));
    const total = Object.values(names).flat().length;
    expect(out).toContain(`${total} names: ${total} with data, 0 absent for a reason, 0 missing`);
    expect(code).toBe(0);
  });
});

describe('the account of names without data', () => {
  test('gives the reason, and succeeds where it holds', async () => {
    const { code, out } = await account(await serve(new Set(['pg_io_hits', 'node:ins:cpu_usage'])));
    expect(out).toContain('absent: pg_io_hits\n  version: pg_stat_io came with PostgreSQL 16');
    expect(out).toContain('absent: node:ins:cpu_usage\n  external exporter: node_exporter');
    expect(out).toContain('pg: 180 of 181 names have data');
    expect(code).toBe(0);
  });
  test('fails for a name without a reason', async () => {
    const { code, out } = await account(await serve(new Set(['pg_up'])));
    expect(out).toContain('MISSING: pg_up\n  none: no reason is known');
    expect(code).toBe(1);
  });
  test('fails where the reason does not hold: the server is new enough', async () => {
    const { code, out } = await account(await serve(new Set(['pg_io_hits']), { 'max(pg_version) >= 160000': 1 }));
    expect(out).toContain('MISSING: pg_io_hits');
    expect(out).toContain('but there is data for: max(pg_version) >= 160000');
    expect(code).toBe(1);
  });
  test('cannot be made without an answer', async () => {
    const { code, out } = await account('http://127.0.0.1:9');
    expect(out).toContain('give the URL of Prometheus or VictoriaMetrics');
    expect(code).toBe(3);
  });
  test('refuses what is no URL', async () => {
    expect((await account('mon')).code).toBe(2);
    expect((await account()).code).toBe(2);
  });
});

test('every reason is needed by some name', () => {
  const all = Object.values(names).flat();
  for (const reason of allReasons) expect(all.filter((name) => reasonFor(name) === reason).length).toBeGreaterThan(0);
});
