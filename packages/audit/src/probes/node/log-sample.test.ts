import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNodeAccess } from '../../node/open-access.ts';
import { pigstyPaths } from '../../node/paths.ts';
import { nodeLogSample } from './log-sample.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pgattest-sample-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = async (path: string, text: string, hour: number): Promise<void> => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  await utimes(join(root, path), 3600 * hour, 3600 * hour);
};
const { signal } = new AbortController();
const sample = () =>
  nodeLogSample.collect({
    node: openNodeAccess({ paths: pigstyPaths, root, isRoot: true, run: async () => undefined, signal }),
    signal,
  });

test('the newest file of the server is counted with its own prefix, and no word of it is kept', async () => {
  await put(
    '/pg/data/postgresql.conf',
    "log_directory = '../log/x'\nlog_line_prefix = '%m [%p] %q%u@%d from %h '\n",
    1,
  );
  await put('/pg/log/x/old.log', '', 9);
  const start = '2026-11-21 11:59:00.123 UTC [1]';
  await put(
    '/pg/log/x/new.log',
    [
      `${start} app@shop from 10.0.0.9 LOG:  connection authorized: user=app database=shop`,
      `${start} app@shop from 10.0.0.9 LOG:  statement: CREATE TABLE secret_plans (card text DEFAULT '4111111111111111')`,
      `${start} app@shop from 10.0.0.9 LOG:  AUDIT: SESSION,1,1,ROLE,GRANT,,,GRANT x TO y,<none>`,
      `${start} bob@shop from 10.0.0.8 FATAL:  password authentication failed for user "bob"`,
      `${start} LOG:  received SIGHUP, reloading configuration files`,
      '',
    ].join('\n'),
    5,
  );
  const seen = await sample();
  expect(seen).toMatchObject({ path: '/pg/log/x/new.log', format: 'stderr', personalData: { 'bank card': 1 } });
  expect(seen?.events.filter(({ count }) => count > 0).map(({ type, lacking }) => `${type}:${lacking.join()}`)).toEqual(
    ['login:', 'login failure:', 'DDL:', 'grant:', 'configuration reload:'],
  );
  expect(JSON.stringify(seen)).not.toMatch(/secret_plans|4111|10\.0\.0\.|bob/u);
});

test('a host without a log has no sample', async () => {
  expect(await sample()).toBeNull();
});
