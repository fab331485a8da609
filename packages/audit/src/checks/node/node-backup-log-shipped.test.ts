import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodeBackupLogShipped } from './node-backup-log-shipped.ts';

type Log = Extract<FactMap['node.backup-log'], { readonly isConfigured: true }>;
const judge = (changes: Partial<Log> = {}) =>
  nodeBackupLogShipped.evaluate(
    {
      'node.backup-log': {
        isConfigured: true,
        logPath: '/pg/log/pgbackrest',
        isWritten: true,
        collectedBy: ['/etc/vector/pgsql.yaml'],
        looked: ['/etc/vector/pgsql.yaml'],
        denied: [],
        running: ['vector'],
        ...changes,
      },
    },
    {},
    seenAt,
  );

test('hardened: a collector that runs reads the log', () => {
  const verdict = judge();
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toContain('log collectors that run=vector');
});

test.each<readonly [string, Partial<Log>, string]>([
  ['no collector reads it', { collectedBy: [] }, 'warn'],
  ['there is no collector', { collectedBy: [], looked: [], running: [] }, 'warn'],
  ['none runs', { running: [] }, 'warn'],
  ['no log is written', { isWritten: false }, 'warn'],
  ['the configuration may not be read', { collectedBy: [], denied: ['/etc/vector/pgsql.yaml'] }, 'undecided'],
])('weak: %s', (_, changes, outcome) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('a node without pgBackRest', () => {
  expect(nodeBackupLogShipped.evaluate({ 'node.backup-log': { isConfigured: false } }, {}, seenAt).outcome).toBe(
    'not_applicable',
  );
});
