import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { ok, seenAt, settingsFact } from '../settings.fixture.ts';

const archiver = (changes: Partial<FactMap['pg.archiver']>): FactMap['pg.archiver'] => ({
  archivedCount: '10',
  lastArchivedWal: '000000010000000000000010',
  lastArchivedAt: '2026-11-21T11:58:00Z',
  failedCount: '0',
  lastFailedWal: null,
  lastFailedAt: null,
  readyCount: 0,
  inRecovery: false,
  ...changes,
});
import { clusterArchivingWorks } from './cluster-archiving-works.ts';

test.each<readonly [string, string, Partial<FactMap['pg.archiver']>]>([
  ['hardened', 'pass', {}],
  ['weak: the last attempt failed', 'fail', { lastFailedAt: '2026-11-21T11:59:00Z' }],
  ['a backlog', 'fail', { readyCount: 100 }],
  ['late, and others wait', 'fail', { readyCount: 1, lastArchivedAt: '2026-11-21T10:00:00Z' }],
  ['quiet', 'pass', { lastArchivedAt: '2026-11-21T10:00:00Z' }],
  ['it failed before, and works now', 'pass', { lastFailedAt: '2026-11-21T11:00:00Z', failedCount: '3' }],
  ['nothing yet', 'warn', { lastArchivedAt: null, lastArchivedWal: null }],
  ['no primary was seen', 'undecided', { inRecovery: true }],
])('%s: %s', (_, outcome, given) => {
  const verdict = clusterArchivingWorks.evaluate(
    {
      'pg.archiver': new Map([
        ['pg-test-1', ok(archiver(given))],
        ['pg-test-2', ok(archiver({ inRecovery: true }))],
      ]),
      'pg.settings': new Map([
        ['pg-test-1', ok(settingsFact({ archive_mode: 'on' }))],
        ['pg-test-2', ok(settingsFact({ archive_mode: 'on' }))],
      ]),
    },
    clusterArchivingWorks.params,
    seenAt,
  );
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
