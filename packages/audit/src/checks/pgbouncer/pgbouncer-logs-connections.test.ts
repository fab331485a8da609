import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerLogsConnections } from './pgbouncer-logs-connections.ts';

test.each([
  [{ logfile: '/var/log/pgbouncer.log' }, 'pass'],
  [{ syslog: '1' }, 'pass'],
  [{}, 'warn'],
  [{ syslog: '1', log_disconnections: '0' }, 'warn'],
  // As Pigsty deploys it.
  [{ logfile: '/pg/log/pgbouncer/pgbouncer.log', log_connections: '0', log_disconnections: '0' }, 'fail'],
])('%j: %s', (values, outcome) => {
  const facts = { 'pgbouncer.config': configFact(values) };
  expect(pgbouncerLogsConnections.evaluate(facts, {}, seenAt).outcome).toBe(outcome);
});
