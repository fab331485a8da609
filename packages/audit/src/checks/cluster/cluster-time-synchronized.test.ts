import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterTimeSynchronized } from './cluster-time-synchronized.ts';

type TimeSync = FactMap['node.time-sync'];
const chrony = (changes: Partial<NonNullable<TimeSync['chrony']>> = {}): TimeSync => ({
  chrony: { source: '10.0.0.9', stratum: 3, offsetSeconds: 0.00002, leap: 'Normal', ...changes },
  systemd: null,
  daemon: 'chronyd',
});
const judge = (...nodes: readonly TimeSync[]) =>
  clusterTimeSynchronized.evaluate(
    { 'node.time-sync': new Map(nodes.map((node, index) => [`pg-test-${index + 1}.node`, ok(node)])) },
    clusterTimeSynchronized.params,
    seenAt,
  );

test('hardened: every node follows a source', () => {
  const verdict = judge(chrony(), { chrony: null, systemd: { isEnabled: true, isSynchronized: true }, daemon: null });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1.node leap status, as chrony says=Normal',
    'pg-test-2.node synchronised, as systemd says=yes',
  ]);
});

test.each([
  ['weak: one node follows nothing', 'fail', chrony({ leap: 'Not synchronised' })],
  ['nothing keeps the time', 'fail', { chrony: null, systemd: null, daemon: null }],
  ['systemd says no', 'fail', { chrony: null, systemd: { isEnabled: true, isSynchronized: false }, daemon: null }],
  ['a little off', 'warn', chrony({ offsetSeconds: -0.4 })],
  ['far off', 'fail', chrony({ offsetSeconds: 2 })],
] as const)('%s: %s', (_, outcome, node) => {
  expect(judge(chrony(), node).outcome).toBe(outcome);
});
