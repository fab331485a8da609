import { expect, test } from 'vitest';
import { configFact, databaseFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerServerTls } from './pgbouncer-server-tls.ts';

const judge = (mode: string, ...hosts: readonly (string | null)[]) =>
  pgbouncerServerTls.evaluate(
    {
      'pgbouncer.config': configFact({ server_tls_sslmode: mode }),
      'pgbouncer.databases': hosts.map((host, index) => databaseFact(`db${index}`, { host })),
    },
    {},
    seenAt,
  );

test.each([
  ['disable', 'fail'],
  ['prefer', 'fail'],
  ['require', 'warn'],
  ['verify-ca', 'pass'],
  ['verify-full', 'pass'],
])('%s over a network: %s', (mode, outcome) => {
  expect(judge(mode, '/run/postgresql', '10.0.0.12').outcome).toBe(outcome);
});

test('sockets and loopback need none', () => {
  expect(judge('disable', null, '/run/postgresql', '127.0.0.1', '@abstract').outcome).toBe('not_applicable');
});
