import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { resolvePgTarget } from './dsn.ts';
import { createLoginMemory, type LoginMemory } from './login-memory.ts';
import type { ScramKeyPair } from './scram-keys.ts';
import type { PgTarget } from './session-api.ts';
import { openPgSession } from './session.ts';

let cluster: DemoCluster;
/** On the Unix socket SCRAM has no channel to bind to; through TLS a server that offers it insists on it. */
const ways = ['Unix socket', 'TLS'] as const;
type Way = (typeof ways)[number];
let targets: Readonly<Record<Way, PgTarget>>;

beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
  const node = cluster.primary;
  node.setHba(`local all salted scram-sha-256\nhostssl all salted ${node.host}/32 scram-sha-256\n${node.readHba()}`);
  const admin = cluster.admin(node);
  await admin.exec("SET password_encryption = 'scram-sha-256'; CREATE ROLE salted LOGIN PASSWORD 'first-pass-1'");
  await admin.exec('GRANT CONNECT ON DATABASE postgres TO salted');
  await admin.rows('SELECT pg_reload_conf()');
  const login = `port=${node.port} user=salted dbname=postgres password=first-pass-1`;
  const tls = `sslmode=verify-full sslrootcert=${cluster.caFile}`;
  targets = {
    'Unix socket': await resolvePgTarget(`host=${cluster.socketDir} ${login}`, { env: {} }),
    TLS: await resolvePgTarget(`host=${node.host} ${tls} ${login}`, { env: {} }),
  };
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

/** A memory of logins, and the keys that were asked of it. */
function watchedMemory(): { readonly logins: LoginMemory; readonly given: ScramKeyPair[] } {
  const given: ScramKeyPair[] = [];
  const memory = createLoginMemory();
  const scramKeys: LoginMemory['scramKeys'] = {
    async keysOf(password, salt, iterations) {
      const pair = await memory.scramKeys.keysOf(password, salt, iterations);
      given.push(pair);
      return pair;
    },
  };
  return { given, logins: { ...memory, scramKeys } };
}

/** Logs in and out: the name the server knows us by, or the SQLSTATE of its refusal. */
async function logIn(way: Way, password: string, logins: LoginMemory): Promise<string | null | undefined> {
  const signal = new AbortController().signal;
  const options = {
    connectTimeoutMs: 60_000,
    statementTimeoutMs: 60_000,
    lockTimeoutMs: 60_000,
    applicationName: 'scram-test',
    logins,
  };
  try {
    const session = await openPgSession({ ...targets[way], password: new Secret(password) }, options, signal);
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

describe.each(ways)('logging in with keys derived before, through %s', (way) => {
  test('derives them once for any number of logins', async () => {
    const { logins, given } = watchedMemory();
    expect(await logIn(way, 'first-pass-1', logins)).toBe('salted');
    expect(await logIn(way, 'first-pass-1', logins)).toBe('salted');
    expect(given).toHaveLength(2);
    expect(given[1]).toBe(given[0]);
  });

  test('keys of the right password do not let a wrong one in', async () => {
    const { logins, given } = watchedMemory();
    expect(await logIn(way, 'first-pass-1', logins)).toBe('salted');
    expect(await logIn(way, 'guess-pass-0', logins)).toBe('28P01');
    expect(given).toHaveLength(2);
  });

  test('keys never outlive a change of the password', async () => {
    const { logins } = watchedMemory();
    const admin = cluster.admin(cluster.primary);
    expect(await logIn(way, 'first-pass-1', logins)).toBe('salted');
    await admin.exec("ALTER ROLE salted PASSWORD 'second-pass-2'");
    try {
      expect(await logIn(way, 'first-pass-1', logins)).toBe('28P01');
      expect(await logIn(way, 'second-pass-2', logins)).toBe('salted');
    } finally {
      await admin.exec("ALTER ROLE salted PASSWORD 'first-pass-1'");
    }
    expect(await logIn(way, 'first-pass-1', logins)).toBe('salted');
    expect(await logIn(way, 'second-pass-2', logins)).toBe('28P01');
  });

  test('a password that SASLprep may change is left to the client library', async () => {
    const { logins, given } = watchedMemory();
    const admin = cluster.admin(cluster.primary);
    await admin.exec("ALTER ROLE salted PASSWORD 'pässword ½ 12'");
    try {
      expect(await logIn(way, 'pässword ½ 12', logins)).toBe('salted');
      expect(given).toEqual([]);
    } finally {
      await admin.exec("ALTER ROLE salted PASSWORD 'first-pass-1'");
    }
  });

  test('more iterations than are sensible are refused', async () => {
    const { logins, given } = watchedMemory();
    const admin = cluster.admin(cluster.primary);
    const verifier =
      'SCRAM-SHA-256$1000001:c2FsdHNhbHRzYWx0c2E=$tWIkZfxSgzcVQwGIOkbcYX4dQGs/2vxyTcuBGhKWzp4=:tWIkZfxSgzcVQwGIOkbcYX4dQGs/2vxyTcuBGhKWzp4=';
    await admin.exec(`ALTER ROLE salted PASSWORD '${verifier}'`);
    try {
      expect(await logIn(way, 'first-pass-1', logins)).toBeUndefined();
      expect(given).toEqual([]);
    } finally {
      await admin.exec("ALTER ROLE salted PASSWORD 'first-pass-1'");
    }
  });
});
