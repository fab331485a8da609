import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterEtcdSnapshot } from './cluster-etcd-snapshot.ts';

type Snapshots = FactMap['node.etcd-snapshots'];
const none: Snapshots = { folders: ['/data/backups/etcd'], denied: [], newest: null, schedules: [] };
const at = (modifiedAt: string): Snapshots => ({
  ...none,
  newest: { path: '/data/backups/etcd/a.db', sizeBytes: 20_480, modifiedAt },
});
const judge = (
  nodes: Readonly<Record<string, Observation<Snapshots>>>,
  params: Partial<typeof clusterEtcdSnapshot.params> = {},
) =>
  clusterEtcdSnapshot.evaluate(
    {
      'etcd.status': new Map([
        ['etcd-1.etcd', unreachable],
        ['etcd-2.etcd', unreachable],
      ]),
      'node.etcd-snapshots': new Map(Object.entries(nodes)),
    },
    { ...clusterEtcdSnapshot.params, ...params },
    seenAt,
  );

test('hardened: one member keeps a snapshot of this night', () => {
  const verdict = judge({ 'etcd-1.node': ok(none), 'etcd-2.node': ok(at('2026-11-21T02:00:01.500Z')) });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual(['etcd-2.node end of /data/backups/etcd/a.db=2026-11-21T02:00:01Z']);
});

test.each([
  ['weak: none', none, 'no snapshot of etcd lies on any node'],
  ['weak: of the day before yesterday', at('2026-11-19T12:00:00.000Z'), 'the newest snapshot of etcd is 48 hours old'],
] as const)('%s', (_, snapshots, reason) => {
  const verdict = judge({ 'etcd-1.node': ok(none), 'etcd-2.node': ok(snapshots) });
  expect([verdict.outcome, verdict.reason.en]).toEqual(['warn', reason]);
  expect(verdict.evidence.length).toBeGreaterThan(0);
});

test.each<readonly [string, Readonly<Record<string, Observation<Snapshots>>>, string]>([
  ['a host that nobody declared', { 'etcd-1.node': ok(none) }, 'undecided'],
  ['a host that did not answer', { 'etcd-1.node': ok(none), 'etcd-2.node': unreachable }, 'undecided'],
  [
    'a folder that may not be entered',
    { 'etcd-1.node': ok(none), 'etcd-2.node': ok({ ...none, denied: ['/b'] }) },
    'undecided',
  ],
  ['one that has a fresh one is enough', { 'etcd-1.node': ok(at('2026-11-21T02:00:00.000Z')) }, 'pass'],
])('%s: %s', (_, nodes, outcome) => {
  expect(judge(nodes).outcome).toBe(outcome);
});

test('a rebuild that was declared needs no snapshot', () => {
  expect(judge({ 'etcd-1.node': ok(none) }, { rebuildProcedure: 'OPS-7' }).outcome).toBe('not_applicable');
});
