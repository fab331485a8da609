import { expect, test } from 'vitest';
import { configFact, databaseFact } from '../pgbouncer.fixture.ts';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgbouncerPoolCapacity } from './pgbouncer-pool-capacity.ts';

const pool = {
  database: 'app',
  user: 'app',
  poolMode: 'transaction',
  activeClients: 1,
  activeServers: 1,
  idleServers: 1,
};
const judge = (limits: readonly number[], { waiting = 0, wait = 0, max = '100' } = {}) =>
  pgbouncerPoolCapacity.evaluate(
    {
      'pgbouncer.config': configFact(),
      'pgbouncer.databases': [
        databaseFact('pgbouncer', { host: null, maxConnections: 0 }),
        ...limits.map((maxConnections, index) => databaseFact(`db${index}`, { maxConnections })),
      ],
      'pgbouncer.pools': [{ ...pool, waitingClients: waiting, longestWaitSeconds: wait }],
      'pg.settings': settingsFact({ max_connections: max, superuser_reserved_connections: '10' }),
    },
    pgbouncerPoolCapacity.params,
    seenAt,
  );

test.each([
  [[40, 50], {}, 'pass'],
  [[50, 50], {}, 'fail'],
  [[0], {}, 'warn'],
  [[50], { waiting: 3, wait: 5 }, 'warn'],
  [[50], { waiting: 3, wait: 0 }, 'pass'],
])('limits %j, %j', (limits, options, outcome) => {
  expect(judge(limits, options).outcome).toBe(outcome);
});
