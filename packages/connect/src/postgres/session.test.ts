import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as connectTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ConnectError } from '../errors.ts';
import { Secret } from '../secret.ts';
import { resolvePgTarget } from './dsn.ts';
import type { PgTarget, SessionOptions } from './session-api.ts';
import { openPgSession } from './session.ts';

const options: SessionOptions = {
  connectTimeoutMs: 60_000,
  statementTimeoutMs: 10_000,
  lockTimeoutMs: 300,
  applicationName: 'connect-test',
};
const never = new AbortController().signal;

let cluster: DemoCluster;
let directory: string;
/** The monitor role over TCP with verify-full. */
let monitor: PgTarget;
/** The superuser over the Unix socket. */
let superuser: PgTarget;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-connect-'));
  cluster = await startDemoCluster({ replicas: 0, durable: false });
  monitor = await resolvePgTarget(cluster.dsn(cluster.primary, 'monitor'), { env: {} });
  superuser = await resolvePgTarget(cluster.dsn(cluster.primary, 'superuser'), { env: {} });
}, 300_000);

afterAll(async () => {
  await cluster.stop();
  await rm(directory, { recursive: true });
});

/** The error a promise ends with; fails the test when there is none. */
async function failureOf(promise: Promise<unknown>): Promise<ConnectError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ConnectError) return error;
  throw new Error(`expected a ConnectError, got ${String(error)}`);
}

/** Runs with a session that is closed afterwards. */
async function withSession<T>(
  target: PgTarget,
  run: (session: Awaited<ReturnType<typeof openPgSession>>) => Promise<T>,
  sessionOptions: SessionOptions = options,
): Promise<T> {
  const session = await openPgSession(target, sessionOptions, never);
  try {
    return await run(session);
  } finally {
    await session.close();
  }
}

async function one(
  session: Awaited<ReturnType<typeof openPgSession>>,
  sql: string,
): Promise<string | null | undefined> {
  return (await session.query(sql, { signal: never })).rows[0]?.[0];
}

describe('what a session is', () => {
  test('values stay text, as the server wrote them', async () => {
    await withSession(monitor, async (session) => {
      const { columns, rows } = await session.query(
        `SELECT 9007199254740993::int8 AS big, 1.10::numeric AS exact, NULL AS nothing, true AS yes,
                '{1,2}'::int[] AS list, '2026-01-02 03:04:05+00'::timestamptz AT TIME ZONE 'UTC' AS at`,
        { signal: never },
      );
      expect(columns.map((column) => column.name)).toEqual(['big', 'exact', 'nothing', 'yes', 'list', 'at']);
      expect(columns[0]?.typeOid).toBe(20);
      expect(rows).toEqual([['9007199254740993', '1.10', null, 't', '{1,2}', '2026-01-02 03:04:05']]);
    });
  });

  test('rows come as objects, and a later duplicate name wins', async () => {
    await withSession(monitor, async (session) => {
      expect(await session.rows('SELECT 1 AS a, 2 AS b, 3 AS a', { signal: never })).toEqual([{ a: '3', b: '2' }]);
    });
  });

  test('the version is the number of server_version_num', async () => {
    await withSession(monitor, async (session) => {
      expect(String(session.versionNum).slice(0, 2)).toBe(cluster.serverVersion.split('.')[0]);
    });
  });

  test("guards and name are the session's own and the search path is left alone", async () => {
    await withSession(monitor, async (session) => {
      const [row] = await session.rows(
        `SELECT current_setting('default_transaction_read_only') AS readonly, current_setting('statement_timeout') AS statement,
                current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle,
                current_setting('application_name') AS name, current_setting('client_encoding') AS encoding,
                (SELECT source FROM pg_settings WHERE name = 'search_path') AS path`,
        { signal: never },
      );
      expect(row).toEqual({
        readonly: 'on',
        statement: '10s',
        lock: '300ms',
        idle: '1min',
        name: 'connect-test',
        encoding: 'UTF8',
        path: 'default',
      });
    });
  });

  test("pg_settings.reset_val keeps the server's own idle_in_transaction_session_timeout", async () => {
    await withSession(monitor, async (session) => {
      const sql = `SELECT reset_val FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'`;
      expect(await one(session, sql)).toBe('300000');
    });
  });

  test('a write is refused by the server', async () => {
    await withSession(superuser, async (session) => {
      const error = await failureOf(session.query('CREATE TABLE written (a int)', { signal: never }));
      expect([error.code, error.sqlState]).toEqual(['query_failed', '25006']);
      expect(session.usable).toBe(true);
    });
  });

  test('options of the target cannot take the guards away', async () => {
    const target = {
      ...monitor,
      options: '-c default_transaction_read_only=off -c statement_timeout=0 -c work_mem=5MB',
    };
    await withSession(target, async (session) => {
      expect(await one(session, 'SHOW default_transaction_read_only')).toBe('on');
      expect(await one(session, 'SHOW statement_timeout')).toBe('10s');
      expect(await one(session, 'SHOW work_mem')).toBe('5MB');
    });
  });

  test('two queries at once take turns', async () => {
    await withSession(monitor, async (session) => {
      expect(await Promise.all([one(session, 'SELECT 1'), one(session, 'SELECT 2'), one(session, 'SELECT 3')])).toEqual(
        ['1', '2', '3'],
      );
    });
  });

  test('of several statements in one string the last result counts', async () => {
    await withSession(monitor, async (session) => {
      expect(await one(session, 'SELECT 1; SELECT 2')).toBe('2');
    });
  });

  test('PG* variables of this process do not leak into a session', async () => {
    vi.stubEnv('PGPASSWORD', 'wrong');
    vi.stubEnv('PGSSLNEGOTIATION', 'direct');
    vi.stubEnv('PGAPPNAME', 'leak');
    vi.stubEnv('PGOPTIONS', '-c work_mem=7MB');
    try {
      await withSession(monitor, async (session) => {
        expect(await one(session, 'SHOW work_mem')).not.toBe('7MB');
        expect(await one(session, 'SHOW application_name')).toBe('connect-test');
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('how a connection fails', () => {
  test('a wrong password is auth_failed and is not printed', async () => {
    const error = await failureOf(openPgSession({ ...monitor, password: new Secret('hunter2') }, options, never));
    expect([error.code, error.sqlState]).toEqual(['auth_failed', '28P01']);
    expect(error.message).toContain(`127.0.0.1:${cluster.primary.port}/postgres`);
    expect(error.message).not.toContain('hunter2');
  });

  test('a missing password says why the password file was left aside', async () => {
    const target = { ...monitor, password: undefined, passwordNote: '/x/.pgpass was ignored: its mode is 0644' };
    const error = await failureOf(openPgSession(target, options, never));
    expect(error.code).toBe('auth_failed');
    expect(error.message).toContain('none is configured (/x/.pgpass was ignored: its mode is 0644)');
  });

  test('an unknown database is a mistake of the configuration', async () => {
    const error = await failureOf(openPgSession({ ...superuser, database: 'nowhere' }, options, never));
    expect([error.code, error.sqlState]).toEqual(['config_invalid', '3D000']);
  });

  test('a closed port is unreachable', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    const error = await failureOf(openPgSession({ ...monitor, port }, options, never));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('a missing socket is unreachable', async () => {
    const error = await failureOf(openPgSession({ ...superuser, host: '/nonexistent' }, options, never));
    expect(error.code).toBe('unreachable');
  });

  test('a server that accepts and says nothing is a timeout', async () => {
    const server = await listen(() => undefined);
    try {
      const target = { ...monitor, port: portOf(server) };
      const error = await failureOf(openPgSession(target, { ...options, connectTimeoutMs: 100 }, never));
      expect(error.code).toBe('timeout');
      expect(error.message).toContain('no session within 100 ms');
    } finally {
      server.close();
    }
  });

  test('connect_timeout of the DSN counts when it is shorter', async () => {
    const server = await listen(() => undefined);
    try {
      const target = { ...monitor, port: portOf(server), connectTimeoutMs: 50 };
      expect((await failureOf(openPgSession(target, options, never))).message).toContain('no session within 50 ms');
    } finally {
      server.close();
    }
  });

  test('an aborted signal ends connecting', async () => {
    const server = await listen(() => undefined);
    const controller = new AbortController();
    try {
      const opening = openPgSession({ ...monitor, port: portOf(server) }, options, controller.signal);
      controller.abort();
      expect((await failureOf(opening)).code).toBe('aborted');
    } finally {
      server.close();
    }
  });

  test('too many connections have a code of their own', async () => {
    await withSession(superuser, async () => {
      await cluster.admin(cluster.primary).rows('ALTER ROLE pgattest_monitor CONNECTION LIMIT 0');
      try {
        const error = await failureOf(openPgSession(monitor, options, never));
        expect([error.code, error.sqlState]).toEqual(['too_many_connections', '53300']);
      } finally {
        await cluster.admin(cluster.primary).rows('ALTER ROLE pgattest_monitor CONNECTION LIMIT -1');
      }
    });
  });
});

describe('how a query fails', () => {
  test('a missing privilege has a code of its own and the session goes on', async () => {
    await withSession(monitor, async (session) => {
      const error = await failureOf(session.query('SELECT rolpassword FROM pg_authid', { signal: never }));
      expect([error.code, error.sqlState]).toEqual(['permission_denied', '42501']);
      expect(await one(session, 'SELECT 1')).toBe('1');
    });
  });

  test('the server ends a statement at its own deadline and the session goes on', async () => {
    await withSession(monitor, async (session) => {
      const error = await failureOf(session.query('SELECT pg_sleep(30)', { signal: never, timeoutMs: 100 }));
      expect([error.code, error.sqlState]).toEqual(['timeout', '57014']);
      expect(session.usable).toBe(true);
      expect(await one(session, 'SHOW statement_timeout')).toBe('10s');
    });
  });

  test("a deadline per statement lowers the server's and is never left behind", async () => {
    await withSession(monitor, async (session) => {
      const { rows } = await session.query('SHOW statement_timeout', { signal: never, timeoutMs: 9500 });
      expect(rows).toEqual([['9500ms']]);
      expect(await one(session, 'SHOW statement_timeout')).toBe('10s');
      const raised = await session.query('SHOW statement_timeout', { signal: never, timeoutMs: 99_000 });
      expect(raised.rows).toEqual([['10s']]);
    });
  });

  test('a deadline set in a transaction that is rolled back is set again', async () => {
    await withSession(monitor, async (session) => {
      await session.query('BEGIN', { signal: never });
      expect(session.inTransaction).toBe(true);
      await session.query('SELECT 1', { signal: never, timeoutMs: 9500 });
      await session.query('ROLLBACK', { signal: never, timeoutMs: 9500 });
      const { rows } = await session.query('SHOW statement_timeout', { signal: never, timeoutMs: 9500 });
      expect(rows).toEqual([['9500ms']]);
    });
  });

  test('a lock held by another is waited for no longer than lock_timeout', async () => {
    const admin = cluster.admin(cluster.primary);
    await admin.rows('CREATE TABLE locked (a int)');
    await admin.rows('GRANT SELECT ON locked TO pgattest_monitor');
    const holder = await openPgSession(superuser, options, never);
    try {
      await holder.query('BEGIN READ WRITE', { signal: never });
      await holder.query('LOCK TABLE locked IN ACCESS EXCLUSIVE MODE', { signal: never });
      await withSession(monitor, async (session) => {
        const error = await failureOf(session.query('SELECT * FROM locked', { signal: never }));
        expect([error.code, error.sqlState]).toEqual(['timeout', '55P03']);
        expect(session.usable).toBe(true);
      });
    } finally {
      await holder.close();
      await admin.rows('DROP TABLE locked');
    }
  });

  test('an aborted query is gone from pg_stat_activity', async () => {
    const session = await openPgSession(monitor, options, never);
    const controller = new AbortController();
    const sleeping = session.query('SELECT pg_sleep(300), 4711', { signal: controller.signal });
    await until(async () => (await running('%4711%')) === 1);
    controller.abort();
    expect((await failureOf(sleeping)).code).toBe('aborted');
    expect(session.usable).toBe(false);
    await session.close();
    await until(async () => (await running('%4711%')) === 0);
  });

  test('an aborted query is cancelled over a Unix socket and without TLS too', async () => {
    const targets = [
      { ...superuser, applicationName: undefined },
      { ...monitor, sslMode: 'require' as const, sslRootCert: undefined },
    ];
    for (const target of targets) {
      const session = await openPgSession(target, options, never);
      const signal = AbortSignal.timeout(100);
      expect((await failureOf(session.query('SELECT pg_sleep(300), 4712', { signal }))).code).toBe('timeout');
      await session.close();
      await until(async () => (await running('%4712%')) === 0);
    }
  });

  test('a query cancelled by an administrator is aborted, not timed out', async () => {
    await withSession(monitor, async (session) => {
      const sleeping = failureOf(session.query('SELECT pg_sleep(300), 4713', { signal: never }));
      await until(async () => (await running('%4713%')) === 1);
      await cluster
        .admin(cluster.primary)
        .rows(
          `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%4713%' AND pid <> pg_backend_pid()`,
        );
      const error = await sleeping;
      expect([error.code, error.sqlState]).toEqual(['aborted', '57014']);
    });
  });

  test('a backend that is terminated leaves an unusable session, not a crashed process', async () => {
    const session = await openPgSession(monitor, options, never);
    const pid = await one(session, 'SELECT pg_backend_pid()');
    await cluster.admin(cluster.primary).rows(`SELECT pg_terminate_backend(${pid ?? ''})`);
    await until(async () => !session.usable);
    expect((await failureOf(session.query('SELECT 1', { signal: never }))).code).toBe('unreachable');
    await session.close();
  });

  test('an answer that would fill the memory is given up', async () => {
    await withSession(monitor, async (session) => {
      const sql = `SELECT repeat('x', 1048576) FROM generate_series(1, 1000)`;
      const error = await failureOf(session.query(sql, { signal: never }));
      expect(error.code).toBe('invalid_data');
      expect(error.message).toContain('more than 64 MiB');
      expect(session.usable).toBe(false);
    });
  });

  test('a signal aborted beforehand leaves the session usable', async () => {
    await withSession(monitor, async (session) => {
      expect((await failureOf(session.query('SELECT 1', { signal: AbortSignal.abort() }))).code).toBe('aborted');
      expect(await one(session, 'SELECT 1')).toBe('1');
    });
  });

  test('closing while a query runs ends both', async () => {
    const session = await openPgSession(monitor, options, never);
    const sleeping = failureOf(session.query('SELECT pg_sleep(300), 4714', { signal: never }));
    await until(async () => (await running('%4714%')) === 1);
    await session.close();
    expect((await sleeping).code).toBe('aborted');
    await until(async () => (await running('%4714%')) === 0);
  });
});

describe('a frozen server', () => {
  test('cannot hold up connecting, querying or closing', async () => {
    const session = await openPgSession(monitor, options, never);
    const idle = await openPgSession(monitor, options, never);
    cluster.primary.pause();
    try {
      const opening = failureOf(openPgSession(monitor, { ...options, connectTimeoutMs: 300 }, never));
      const asked = failureOf(session.query('SELECT 1', { signal: AbortSignal.timeout(300) }));
      expect([(await opening).code, (await asked).code]).toEqual(['timeout', 'timeout']);
      await session.close();
      await idle.close();
      expect(session.usable).toBe(false);
    } finally {
      cluster.primary.resume();
    }
    await withSession(monitor, async (healed) => {
      expect(await one(healed, 'SELECT 1')).toBe('1');
    });
  });

  test('is noticed without any signal when the statement deadline has long passed', async () => {
    const session = await openPgSession(monitor, options, never);
    await session.query('SELECT 1', { signal: never, timeoutMs: 3000 });
    cluster.primary.pause();
    try {
      const error = await failureOf(session.query('SELECT 1', { signal: never, timeoutMs: 3000 }));
      expect(error.code).toBe('timeout');
      expect(error.message).toContain('is the server hung?');
      expect(session.usable).toBe(false);
      await session.close();
    } finally {
      cluster.primary.resume();
    }
  });
});

describe('TLS', () => {
  const usesTls = `SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;

  test('verify-full accepts the name in the certificate and refuses another', async () => {
    await withSession(monitor, async (session) => expect(await one(session, usesTls)).toBe('true'));
    const error = await failureOf(
      openPgSession({ ...monitor, host: 'other.example', hostAddress: '127.0.0.1' }, options, never),
    );
    expect(error.code).toBe('tls_failed');
    expect(error.message).toContain('other.example');
  });

  test('verify-ca checks the authority and not the name', async () => {
    const target = { ...monitor, sslMode: 'verify-ca', host: 'other.example', hostAddress: '127.0.0.1' } as const;
    await withSession(target, async (session) => expect(await one(session, usesTls)).toBe('true'));
  });

  test('require with a root certificate checks the authority, as libpq does', async () => {
    const sslRootCert = join(directory, 'wrong.crt');
    await writeFile(sslRootCert, createAuthority('somebody else', new Date()).certificate);
    const target = { ...monitor, sslMode: 'require', sslRootCert } as const;
    expect((await failureOf(openPgSession(target, options, never))).code).toBe('tls_failed');
    await withSession({ ...target, sslRootCert: undefined }, async (session) =>
      expect(await one(session, usesTls)).toBe('true'),
    );
  });

  test('verify-full without a root certificate is a mistake of the configuration', async () => {
    const error = await failureOf(openPgSession({ ...monitor, sslRootCert: undefined }, options, never));
    expect(error.code).toBe('config_invalid');
  });

  test('a client certificate needs a key, and one that only we can read', async () => {
    const { certificate, key } = createAuthority('clients', new Date()).issue('pgattest_monitor', ['pgattest_monitor']);
    const [sslCert, sslKey] = [join(directory, 'client.crt'), join(directory, 'client.key')];
    await writeFile(sslCert, certificate);
    await writeFile(sslKey, key, { mode: 0o644 });
    const withoutKey = await failureOf(openPgSession({ ...monitor, sslCert }, options, never));
    expect([withoutKey.code, withoutKey.message]).toEqual([
      'config_invalid',
      `there is no private key for the certificate ${sslCert}; set sslkey`,
    ]);
    const open = await failureOf(openPgSession({ ...monitor, sslCert, sslKey }, options, never));
    expect([open.code, open.message]).toEqual([
      'config_invalid',
      `the private key ${sslKey} is open to others; run chmod 0600 ${sslKey}`,
    ]);
    await chmod(sslKey, 0o600);
    // The server has no ssl_ca_file: it does not ask for the certificate, and the key at hand disturbs nobody.
    await withSession({ ...monitor, sslCert, sslKey }, async (session) => {
      expect(await one(session, usesTls)).toBe('true');
    });
  });

  test('prefer takes TLS where there is TLS', async () => {
    const target = { ...monitor, sslMode: 'prefer', sslRootCert: undefined } as const;
    await withSession(target, async (session) => expect(await one(session, usesTls)).toBe('true'));
  });

  test('prefer goes on without TLS where there is none, and require does not', async () => {
    const admin = cluster.admin(cluster.primary);
    const hba = cluster.primary.readHba();
    cluster.primary.setHba(`host all all 127.0.0.1/32 scram-sha-256\n${hba}`);
    cluster.primary.setSettings({ ssl: 'off' });
    await cluster.primary.reload();
    try {
      const plain = { ...monitor, sslRootCert: undefined };
      await withSession({ ...plain, sslMode: 'prefer' }, async (session) =>
        expect(await one(session, usesTls)).toBe('false'),
      );
      await withSession({ ...plain, sslMode: 'disable' }, async (session) =>
        expect(await one(session, usesTls)).toBe('false'),
      );
      const error = await failureOf(openPgSession({ ...plain, sslMode: 'require' }, options, never));
      expect(error.code).toBe('tls_failed');
      expect(error.message).toContain('does not offer TLS');
      await admin.rows('SELECT 1');
    } finally {
      cluster.primary.setHba(hba);
      cluster.primary.setSettings({ ssl: undefined });
      await cluster.primary.reload();
    }
  });

  test('allow goes to TLS when the rules refuse plain text, prefer goes to plain text when they refuse TLS', async () => {
    const hba = cluster.primary.readHba();
    const socketRules = hba.split('\n').filter((line) => line.startsWith('local'));
    const plain = { ...monitor, sslRootCert: undefined };
    try {
      cluster.primary.setHba([...socketRules, 'hostssl all all 127.0.0.1/32 scram-sha-256', ''].join('\n'));
      await cluster.primary.reload();
      await withSession({ ...plain, sslMode: 'allow' }, async (session) =>
        expect(await one(session, usesTls)).toBe('true'),
      );
      cluster.primary.setHba([...socketRules, 'hostnossl all all 127.0.0.1/32 scram-sha-256', ''].join('\n'));
      await cluster.primary.reload();
      await withSession({ ...plain, sslMode: 'prefer' }, async (session) =>
        expect(await one(session, usesTls)).toBe('false'),
      );
      const error = await failureOf(openPgSession({ ...plain, sslMode: 'require' }, options, never));
      expect([error.code, error.sqlState]).toEqual(['auth_failed', '28000']);
    } finally {
      cluster.primary.setHba(hba);
      await cluster.primary.reload();
    }
  });

  test('a server that stuffs bytes behind its answer to the TLS request is refused', async () => {
    const server = await listen((socket) => socket.once('data', () => socket.write('SX')));
    try {
      const target = { ...monitor, port: portOf(server) };
      expect((await failureOf(openPgSession(target, options, never))).code).toBe('tls_failed');
    } finally {
      server.close();
    }
  });
});

describe('something in between', () => {
  test('that drops startup options gets no session', async () => {
    const proxy = await listen((client) => {
      const server = connectTcp(cluster.primary.port, '127.0.0.1');
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
      client.once('data', (startup) => {
        // The same packet with `options` renamed to a setting of no importance.
        const body = startup
          .toString('latin1')
          .replace('options\0', 'DateStyle\0')
          .replace(/-c default_transaction_read_only=on[^\0]*/, 'ISO');
        const packet = Buffer.from(body, 'latin1');
        packet.writeInt32BE(packet.length, 0);
        server.write(packet);
        client.pipe(server).pipe(client);
      });
    });
    const hba = cluster.primary.readHba();
    try {
      cluster.primary.setHba(`host all all 127.0.0.1/32 scram-sha-256\n${hba}`);
      await cluster.primary.reload();
      const target = { ...monitor, port: portOf(proxy), sslMode: 'disable' } as const;
      const error = await failureOf(openPgSession(target, options, never));
      expect(error.code).toBe('unsupported');
      expect(error.message).toContain('connect to PostgreSQL directly');
    } finally {
      proxy.close();
      cluster.primary.setHba(hba);
      await cluster.primary.reload();
    }
  });
});

async function running(pattern: string): Promise<number> {
  const rows = await cluster
    .admin(cluster.primary)
    .rows(
      `SELECT 1 AS a FROM pg_stat_activity WHERE query LIKE '${pattern}' AND state = 'active' AND pid <> pg_backend_pid()`,
    );
  return rows.length;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function listen(onConnection: (socket: Socket) => unknown): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is always an object
  return (server.address() as AddressInfo).port;
}
