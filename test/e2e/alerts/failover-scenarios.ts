import type { AlertScenario } from './scenario.ts';

/** `ttl` of the lab's plan, and as much again for the election. */
const failoverMs = 20_000;
/** `PostgresInstanceUnreachable` stays until something there has answered for a minute. */
const nodeBackMs = 60_000;

/** What takes the primary away. Each change of roles counts for `PatroniFailoversTooOften` and `HaproxyServerFlapping`. */
export const failoverScenarios: readonly AlertScenario[] = [
  {
    name: 'PostgreSQL of the primary killed: Patroni starts it again',
    faults: ({ primary }) => [{ id: 'primary-postmaster-killed', target: primary }],
    expected: () => [],
    inhibited: [],
    signMs: failoverMs,
  },
  {
    name: 'node of the primary lost',
    faults: ({ primary }) => [{ id: 'node-lost', target: primary }],
    expected: ({ cluster, primary }) => [
      { name: 'PostgresInstanceUnreachable', level: 0, labels: { cls: cluster, ins: primary } },
    ],
    inhibited: ['PatroniDown'],
    signMs: failoverMs,
    clearMs: nodeBackMs,
  },
  {
    name: 'primary partitioned',
    faults: ({ primary }) => [{ id: 'primary-partitioned', target: primary }],
    expected: ({ cluster, primary }) => [
      { name: 'PostgresInstanceUnreachable', level: 0, labels: { cls: cluster, ins: primary } },
    ],
    inhibited: ['PatroniDown'],
    signMs: failoverMs,
    clearMs: nodeBackMs,
  },
  {
    name: 'Patroni of the primary killed: two members take writes',
    faults: ({ primary }) => [{ id: 'primary-orphaned', target: primary }],
    expected: ({ cluster }) => [{ name: 'PostgresMoreThanOnePrimary', level: 0, labels: { cls: cluster } }],
    inhibited: ['PatroniDown', 'PostgresNoFailoverCandidate'],
    signMs: failoverMs,
    clearMs: nodeBackMs,
  },
];
