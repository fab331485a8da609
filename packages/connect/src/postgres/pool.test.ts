import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolvePgTarget } from './dsn.ts';
import { createPgPool, type PgPool, type PgPoolOptions } from './pool.ts';
import type { PgSession, PgTarget } from './session-api.ts';
import { createSessionGate } from './session-gate.ts';

const never = new AbortController().signal;
const options = {
  connectTimeoutMs: 60_000,
  statementTimeoutMs: 60_000,
  lockTimeoutMs: 500,
  applicationName: 'pool-test',
};

let cluster: DemoCluster;
let target: PgTarget;

beforeAll(async () => {
  cluster = await startDemoCluster({ replicas: 0, durable: false });
  target = await resolvePgTarget(cluster.dsn(cluster.primary, 'monitor'), { env: {} });
}, 300_000);

afterAll(async () => {
  await cluster.stop();
});

async function withPool(limits: Partial<PgPoolOptions>, run: (pool: PgPool) => Promise<void>): Promise<void> {
  const pool = createPgPool({ target, options, max: 2, maxAgeMs: 60_000, idleMs: 60_000, ...limits });
  try {
    await run(pool);
  } finally {
    await pool.close();
  }
  expect(pool.open).toBe(0);
  await until(async () => (await serverSessions()).length === 0);
}

async function pidOf(session: PgSession): Promise<string | null | undefined> {
  return (await session.query('SELECT pg_backend_pid()', { signal: never })).rows[0]?.[0];
}

async function serverSessions(): Promise<readonly unknown[]> {
  return cluster
    .admin(cluster.primary)
    .rows(`SELECT pid::text FROM pg_stat_activity WHERE application_name = 'pool-test'`);
}

/** Waits for the failure at once, so that it is not unhandled meanwhile. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('sessions are used again', async () => {
  await withPool({}, async (pool) => {
    const first = await pool.use(never, pidOf);
    expect(await pool.use(never, pidOf)).toBe(first);
    expect(pool.open).toBe(1);
  });
});

test('there are never more than max, and the rest take turns', async () => {
  await withPool({ max: 2 }, async (pool) => {
    let most = 0;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        pool.use(never, async (session) => {
          most = Math.max(most, (await serverSessions()).length);
          return (await session.query(`SELECT ${index}`, { signal: never })).rows[0]?.[0];
        }),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 12 }, (_, index) => String(index)));
    expect(most).toBe(2);
  });
});

test('waiting for a session ends with the signal', async () => {
  await withPool({ max: 1 }, async (pool) => {
    await pool.use(never, async () => {
      const waiting = pool.use(AbortSignal.timeout(30), pidOf);
      await expect(waiting).rejects.toMatchObject({ code: 'timeout' });
      await expect(pool.use(AbortSignal.abort(), pidOf)).rejects.toMatchObject({ code: 'aborted' });
    });
    expect(await pool.use(never, pidOf)).toBeDefined();
  });
});

test('a session whose query was aborted is replaced', async () => {
  await withPool({ max: 1 }, async (pool) => {
    const first = await pool.use(never, pidOf);
    const slept = pool.use(never, (session) =>
      session.query('SELECT pg_sleep(300)', { signal: AbortSignal.timeout(30) }),
    );
    await expect(slept).rejects.toMatchObject({ code: 'timeout' });
    expect(await pool.use(never, pidOf)).not.toBe(first);
    await until(async () => (await serverSessions()).length === 1);
  });
});

test('a session that was left in a transaction is not lent again', async () => {
  await withPool({ max: 1 }, async (pool) => {
    const first = await pool.use(never, async (session) => {
      await session.query('BEGIN', { signal: never });
      return pidOf(session);
    });
    expect(await pool.use(never, pidOf)).not.toBe(first);
  });
});

test('a session beyond its age is replaced', async () => {
  await withPool({ max: 1, maxAgeMs: 0 }, async (pool) => {
    expect(await pool.use(never, pidOf)).not.toBe(await pool.use(never, pidOf));
  });
});

test('an idle session is closed after a while', async () => {
  await withPool({ idleMs: 30 }, async (pool) => {
    await pool.use(never, pidOf);
    expect(pool.open).toBe(1);
    await until(async () => pool.open === 0);
  });
});

test('sessions that the server ended meanwhile are replaced', async () => {
  await withPool({}, async (pool) => {
    const [first, session] = await pool.use(never, async (lent) => [await pidOf(lent), lent] as const);
    await cluster.admin(cluster.primary).rows(`SELECT pg_terminate_backend(${first ?? ''})`);
    // The server says goodbye in its own time.
    await until(async () => !session.usable);
    expect(await pool.use(never, pidOf)).not.toBe(first);
  });
});

test('a failed connection does not use a place up', async () => {
  const closed = createPgPool({
    target: { ...target, database: 'x', host: '/nonexistent' },
    options,
    max: 1,
    maxAgeMs: 1000,
    idleMs: 1000,
  });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await expect(closed.use(never, pidOf)).rejects.toMatchObject({ code: 'unreachable' });
  }
  expect(closed.open).toBe(0);
  await closed.close();
});

test('closing refuses those who wait, and cancels those who run for too long', async () => {
  const pool = createPgPool({ target, options, max: 1, maxAgeMs: 60_000, idleMs: 60_000 });
  const sleeping = pool.use(never, (session) => session.query('SELECT pg_sleep(40)', { signal: never }));
  const ended = failureOf(sleeping);
  await until(async () => (await serverSessions()).length === 1);
  const waiting = pool.use(never, pidOf);
  const refused = failureOf(waiting);
  await pool.close();
  expect(await Promise.all([ended, refused])).toMatchObject([{ code: 'aborted' }, { code: 'aborted' }]);
  expect(pool.open).toBe(0);
  await expect(pool.use(never, pidOf)).rejects.toMatchObject({ code: 'aborted' });
  await until(async () => (await serverSessions()).length === 0);
});

test('a frozen server cannot hold up a borrower or the end of the pool', async () => {
  const pool = createPgPool({ target, options, max: 1, maxAgeMs: 60_000, idleMs: 60_000 });
  await pool.use(never, pidOf);
  cluster.primary.pause();
  try {
    const asked = pool.use(never, (session) => session.query('SELECT 1', { signal: AbortSignal.timeout(50) }));
    await expect(asked).rejects.toMatchObject({ code: 'timeout' });
    await pool.close();
    expect(pool.open).toBe(0);
  } finally {
    cluster.primary.resume();
  }
});

test('pools behind one gate share its places: an idle session of one makes room for another', async () => {
  const gate = createSessionGate(1);
  const limits = { target, options, max: 2, maxAgeMs: 60_000, idleMs: 60_000, gate };
  const one = createPgPool(limits);
  const other = createPgPool(limits);
  try {
    const first = await one.use(never, pidOf);
    expect(await one.use(never, pidOf)).toBe(first);
    await other.use(never, pidOf);
    expect([one.open, other.open]).toEqual([0, 1]);
    await until(async () => (await serverSessions()).length === 1);
    await other.use(never, async () => {
      await expect(one.use(AbortSignal.timeout(30), pidOf)).rejects.toMatchObject({ code: 'timeout' });
    });
    await expect(
      createPgPool({ ...limits, target: { ...target, host: '/nonexistent' } }).use(AbortSignal.timeout(30_000), pidOf),
    ).rejects.toMatchObject({ code: 'unreachable' });
    expect(await one.use(never, pidOf)).toBeDefined();
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});

test('a session that is kept stays although another pool waits', async () => {
  const gate = createSessionGate(1);
  const limits = { target, options, max: 1, maxAgeMs: 60_000, idleMs: 60_000, gate };
  const kept = createPgPool({ ...limits, keepIdle: 1 });
  const other = createPgPool(limits);
  try {
    const first = await kept.use(never, pidOf);
    await expect(other.use(AbortSignal.timeout(50), pidOf)).rejects.toMatchObject({ code: 'timeout' });
    expect(await kept.use(never, pidOf)).toBe(first);
  } finally {
    await Promise.all([kept.close(), other.close()]);
  }
});

test('after renew every session is a new one, also the one that was lent meanwhile', async () => {
  await withPool({ max: 1 }, async (pool) => {
    const first = await pool.use(never, pidOf);
    await pool.renew();
    expect(pool.open).toBe(0);
    const second = await pool.use(never, async (session) => {
      await pool.renew();
      return pidOf(session);
    });
    expect(second).not.toBe(first);
    expect(await pool.use(never, pidOf)).not.toBe(second);
  });
});

test('a target that is a function is asked for every session', async () => {
  let database = 'postgres';
  await withPool({ max: 1, maxAgeMs: 0, target: async () => ({ ...target, database }) }, async (pool) => {
    const current = (session: PgSession) =>
      session.query('SELECT current_database()', { signal: never }).then(({ rows }) => rows[0]?.[0]);
    expect(await pool.use(never, current)).toBe('postgres');
    database = 'app';
    expect(await pool.use(never, current)).toBe('app');
  });
});
