import { expect, test } from 'vitest';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodePatroniStartsPostgres } from './node-patroni-starts-postgres.ts';

const judge = (units: Readonly<Record<string, string>> | null) =>
  nodePatroniStartsPostgres.evaluate(
    {
      'node.services': {
        units:
          units === null
            ? null
            : Object.entries(units).map(([unit, enabled]) => ({
                unit: `${unit}.service`,
                isActive: true,
                enabled,
                user: 'postgres',
                umask: '0022',
                coreLimit: '0',
                restart: 'no',
              })),
        profileUmasks: {},
      },
    },
    {},
    seenAt,
  );

test.each([
  ['hardened', 'pass', { patroni: 'enabled', postgresql: 'masked', pgbouncer: 'enabled' }],
  ['no unit of the distribution at all', 'pass', { patroni: 'enabled' }],
  ['weak: both are enabled', 'fail', { patroni: 'enabled', postgresql: 'enabled' }],
  ['Patroni stays away after a boot', 'warn', { patroni: 'disabled' }],
  ['the pooler stays away', 'warn', { patroni: 'enabled', pgbouncer: 'disabled' }],
  ['a node without Patroni', 'not_applicable', { etcd: 'enabled' }],
  ['a node without systemd', 'undecided', null],
] as const)('%s: %s', (_, outcome, units) => {
  expect(judge(units).outcome).toBe(outcome);
});

test('every unit is shown', () => {
  expect(evidenceLines(judge({ patroni: 'enabled', postgresql: 'masked' }))).toEqual([
    'patroni.service=enabled',
    'postgresql.service=masked',
  ]);
});
