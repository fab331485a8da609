import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { resolvePgTarget } from './dsn.ts';
import type { PgTarget } from './session-api.ts';
import { openWriteSession, type WriteSession } from './write-session.ts';

const options = { connectTimeoutMs: 60_000, statementTimeoutMs: 60_000, applicationName: 'write-session-test' };
const never = new AbortController().signal;

let cluster: DemoCluster;
let overTls: PgTarget;
let overSocket: PgTarget;

beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
  overTls = await resolvePgTarget(cluster.dsn(cluster.primary, 'monitor'), { env: {} });
  overSocket = await resolvePgTarget(cluster.dsn(cluster.primary, 'superuser'), { env: {} });
});

afterAll(() => cluster.stop());

async function withSession<T>(target: PgTarget, run: (session: WriteSession) => Promise<T>): Promise<T> {
  const session = await openWriteSession(target, options, never);
  try {
    return await run(session);
  } finally {
    await session.close();
  }
}

async function failureOf(promise: Promise<unknown>): Promise<ConnectError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ConnectError) return error;
  throw new Error(`expected a ConnectError, got ${String(error)}`);
}

test('it writes text, numbers, bytes and NULL, and reads them back as the server wrote them', async () => {
  await withSession(overSocket, async (session) => {
    await session.query('CREATE TEMP TABLE kept (name text, size int8, content bytea, note text)');
    const values = ["o'clock", 9, Buffer.from([0, 255]), null] as const;
    expect((await session.query('INSERT INTO kept VALUES ($1, $2, $3, $4)', values)).count).toBe(1);
    const { rows } = await session.query(`SELECT name, size, encode(content, 'hex'), note FROM kept`);
    expect(rows).toEqual([["o'clock", '9', '00ff', null]]);
  });
});

test('it is not read-only, unlike the sessions on observed systems, and names itself', async () => {
  const { rows } = await withSession(overTls, (session) =>
    session.query(`SELECT current_setting('default_transaction_read_only'), current_setting('application_name'),
                          (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())`),
  );
  expect(rows).toEqual([['off', 'write-session-test', 't']]);
});

test('an error of the server keeps its SQLSTATE, and the session goes on', async () => {
  await withSession(overTls, async (session) => {
    const failure = await failureOf(session.query('CREATE ROLE nobody'));
    expect([failure.code, failure.sqlState]).toEqual(['permission_denied', '42501']);
    expect((await session.query('SELECT 1')).rows).toEqual([['1']]);
  });
});

test('a wrong password is auth_failed and is not printed', async () => {
  const target = { ...overTls, password: new Secret('correct-horse') };
  const failure = await failureOf(openWriteSession(target, options, never));
  expect(failure.code).toBe('auth_failed');
  expect(failure.message).not.toContain('correct-horse');
});

test('nobody there is unreachable', async () => {
  const failure = await failureOf(openWriteSession({ ...overTls, host: '127.0.0.1', port: 1 }, options, never));
  expect(failure.code).toBe('unreachable');
});

test('a statement is waited for no longer than its time', async () => {
  await withSession(overSocket, async (session) => {
    const failure = await failureOf(session.query('SELECT pg_sleep(600)', [], { timeoutMs: 50 }));
    expect(failure.code).toBe('timeout');
    expect(failure.message).toMatch(/^query failed on .*: no answer within 50 ms$/u);
  });
});

test('what ends it ends it in the middle of a statement, and before the first one', async () => {
  const ending = new AbortController();
  const session = await openWriteSession(overSocket, { ...options, endedBy: ending.signal }, never);
  const failing = failureOf(session.query('SELECT pg_sleep(600)'));
  ending.abort();
  expect((await failing).code).toBe('unreachable');
  await session.close();

  const late = await openWriteSession(overSocket, { ...options, endedBy: ending.signal }, never);
  expect((await failureOf(late.query('SELECT 1'))).code).toBe('unreachable');
  await late.close();
});

test('an opening that is cancelled is no session', async () => {
  expect((await failureOf(openWriteSession(overSocket, options, AbortSignal.abort()))).code).toBe('aborted');
});
