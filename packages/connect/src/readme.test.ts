import { readFile } from 'node:fs/promises';
import { startDemoCluster } from '@pgattest/lab';
import { expect, test } from 'vitest';
import { openPgSession, resolvePgTarget } from './index.ts';

async function runExample(dsn: string): Promise<readonly string[]> {
  const names: string[] = [];
  // example
  const target = await resolvePgTarget(dsn, { env: {} });
  const signal = AbortSignal.timeout(5000);
  const session = await openPgSession(
    target,
    { connectTimeoutMs: 2000, statementTimeoutMs: 2000, lockTimeoutMs: 100, applicationName: 'readme' },
    signal,
  );
  try {
    const rows = await session.rows<{ name: string }>('SELECT datname AS name FROM pg_database', { signal });
    names.push(...rows.map((row) => row.name));
  } finally {
    await session.close();
  }
  // end
  return names;
}

test('the example of the README runs', async () => {
  const cluster = await startDemoCluster({ replicas: 0, durable: false });
  try {
    expect(await runExample(cluster.dsn(cluster.primary, 'monitor'))).toContain('template1');
  } finally {
    await cluster.stop();
  }
}, 60_000);

test('the example of the README is the one that runs', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const source = await readFile(new URL(import.meta.url), 'utf8');
  const example = /\/\/ example\n(.*?) {2}\/\/ end/s.exec(source)?.[1]?.replaceAll(/^ {2}/gm, '');
  expect(/```ts\n(.*?)```/s.exec(readme)?.[1]).toBe(example);
});
