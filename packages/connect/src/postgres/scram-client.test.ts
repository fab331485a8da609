import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { resolvePgTarget } from './dsn.ts';
import { createScramKeys, type ScramKeyPair, type ScramKeys } from './scram-keys.ts';
import type { PgTarget } from './session-api.ts';
import { openPgSession } from './session.ts';

let cluster: DemoCluster;
/** Over the Unix socket, where SCRAM has no channel to bind to. */
let target: PgTarget;

beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
  const node = cluster.primary;
  node.setHba(`local all salted scram-sha-256\n${node.readHba()}`);
  const admin = cluster.admin(node);
  await admin.exec("SET password_encryption = 'scram-sha-256'; CREATE ROLE salted LOGIN PASSWORD 'first-pass-1'");
  await admin.exec('GRANT CONNECT ON DATABASE postgres TO salted');
  await admin.rows('SELECT pg_reload_conf()');
  const dsn = `host=${cluster.socketDir} port=${node.port} user=salted dbname=postgres password=first-pass-1`;
  target = await resolvePgTarget(dsn, { env: {} });
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

/** The same keys, and what they were asked for. */
function watched(keys: ScramKeys): { readonly keys: ScramKeys; readonly given: ScramKeyPair[] } {
  const given: ScramKeyPair[] = [];
  return {
    given,
    keys: {
      async keysOf(password, salt, iterations) {
        const pair = await keys.keysOf(password, salt, iterations);
        given.push(pair);
        return pair;
      },
    },
  };
}

/** Logs in and out: the name the server knows us by, or the SQLSTATE of its refusal. */
async function logIn(password: string, scramKeys: ScramKeys): Promise<string | null | undefined> {
  const signal = new AbortController().signal;
  const options = {
    connectTimeoutMs: 60_000,
    statementTimeoutMs: 60_000,
    lockTimeoutMs: 60_000,
    applicationName: 'scram-test',
    scramKeys,
  };
  try {
    const session = await openPgSession({ ...target, password: new Secret(password) }, options, signal);
    try {
      return (await session.query('SELECT CURRENT_USER', { signal })).rows[0]?.[0];
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof ConnectError) return error.sqlState;
    throw error;
  }
}

describe('logging in with keys derived before', () => {
  test('derives them once for any number of logins', async () => {
    const { keys, given } = watched(createScramKeys());
    expect(await logIn('first-pass-1', keys)).toBe('salted');
    expect(await logIn('first-pass-1', keys)).toBe('salted');
    expect(given).toHaveLength(2);
    expect(given[1]).toBe(given[0]);
  });

  test('keys of the right password do not let a wrong one in', async () => {
    const { keys, given } = watched(createScramKeys());
    expect(await logIn('first-pass-1', keys)).toBe('salted');
    expect(await logIn('guess-pass-0', keys)).toBe('28P01');
    expect(given).toHaveLength(2);
  });

  test('keys never outlive a change of the password', async () => {
    const { keys } = watched(createScramKeys());
    const admin = cluster.admin(cluster.primary);
    expect(await logIn('first-pass-1', keys)).toBe('salted');
    await admin.exec("ALTER ROLE salted PASSWORD 'second-pass-2'");
    try {
      expect(await logIn('first-pass-1', keys)).toBe('28P01');
      expect(await logIn('second-pass-2', keys)).toBe('salted');
    } finally {
      await admin.exec("ALTER ROLE salted PASSWORD 'first-pass-1'");
    }
    expect(await logIn('first-pass-1', keys)).toBe('salted');
    expect(await logIn('second-pass-2', keys)).toBe('28P01');
  });

  test('a password that SASLprep may change is left to the client library', async () => {
    const { keys, given } = watched(createScramKeys());
    const admin = cluster.admin(cluster.primary);
    await admin.exec("ALTER ROLE salted PASSWORD 'pässword ½ 12'");
    try {
      expect(await logIn('pässword ½ 12', keys)).toBe('salted');
      expect(given).toEqual([]);
    } finally {
      await admin.exec("ALTER ROLE salted PASSWORD 'first-pass-1'");
    }
  });

  test('more iterations than are sensible are refused', async () => {
    const { keys, given } = watched(createScramKeys());
    const admin = cluster.admin(cluster.primary);
    const verifier =
      'SCRAM-SHA-256$1000001:c2FsdHNhbHRzYWx0c2E=$tWIkZfxSgzcVQwGIOkbcYX4dQGs/2vxyTcuBGhKWzp4=:tWIkZfxSgzcVQwGIOkbcYX4dQGs/2vxyTcuBGhKWzp4=';
    await admin.exec(`ALTER ROLE salted PASSWORD '${verifier}'`);
    try {
      expect(await logIn('first-pass-1', keys)).toBeUndefined();
      expect(given).toEqual([]);
    } finally {
      await admin.exec("ALTER ROLE salted PASSWORD 'first-pass-1'");
    }
  });
});
