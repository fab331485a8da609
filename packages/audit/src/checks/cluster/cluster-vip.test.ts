import { expect, test } from 'vitest';
import { perMember } from '../patroni.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { clusterVip } from './cluster-vip.ts';

const node = (ip: string | null, ...addresses: readonly string[]) => ({
  manager:
    ip === null
      ? null
      : {
          path: '/etc/default/vip-manager.yml',
          ip,
          interface: 'eth0',
          triggerKey: '/pg/pg-test/leader',
          triggerValue: '',
        },
  addresses,
});
const judge = (...nodes: readonly (ReturnType<typeof node> | undefined)[]) =>
  clusterVip.evaluate(
    {
      'node.vip': perMember('.node', ...nodes),
      'pg.server': perMember('', ...nodes.map((_, index) => serverFact({ inRecovery: index > 0 }))),
    },
    {},
    seenAt,
  );

test.each([
  ['hardened: on the primary', 'pass', [node('10.0.0.9', '10.0.0.1', '10.0.0.9'), node('10.0.0.9', '10.0.0.2')]],
  ['weak: on a replica', 'fail', [node('10.0.0.9'), node('10.0.0.9', '10.0.0.9')]],
  ['on both', 'fail', [node('10.0.0.9', '10.0.0.9'), node('10.0.0.9', '10.0.0.9')]],
  ['on nobody', 'fail', [node('10.0.0.9'), node('10.0.0.9')]],
  ['two addresses', 'fail', [node('10.0.0.9', '10.0.0.9'), node('10.0.0.8')]],
  ['a node out of sight', 'undecided', [node('10.0.0.9', '10.0.0.9'), undefined]],
  ['none used', 'not_applicable', [node(null), node(null)]],
] as const)('%s: %s', (_, outcome, nodes) => {
  expect(judge(...nodes).outcome).toBe(outcome);
});
