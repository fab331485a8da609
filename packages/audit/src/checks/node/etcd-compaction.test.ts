import { expect, test } from 'vitest';
import { etcdConfigFact } from '../etcd.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { etcdCompaction } from './etcd-compaction.ts';

const judge = (settings: Readonly<Record<string, string>> | null) =>
  etcdCompaction.evaluate({ 'node.etcd-config': settings === null ? null : etcdConfigFact(settings) }, {}, seenAt);

test.each([
  ['hardened', 'pass', { 'auto-compaction-retention': '24h' }],
  ['by revisions', 'pass', { 'auto-compaction-mode': 'revision', 'auto-compaction-retention': '1000' }],
  ['weak: the default', 'warn', {}],
  ['switched off', 'warn', { 'auto-compaction-retention': '0' }],
  ['a node without etcd', 'not_applicable', null],
] as const)('%s: %s', (_, outcome, settings) => {
  expect(judge(settings).outcome).toBe(outcome);
});

test('the evidence is the lines of the file', () => {
  expect(evidenceLines(judge({ name: 'etcd-1', 'auto-compaction-retention': '24h' }))).toEqual([
    'auto-compaction-mode, auto-compaction-retention=auto-compaction-retention: 24h',
  ]);
});
