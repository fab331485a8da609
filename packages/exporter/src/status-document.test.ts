import { expect, test } from 'vitest';
import { newRecord } from './cache.ts';
import type { CollectorReport, ScrapeReport } from './scrape-report.ts';
import { statusDocument } from './status-document.ts';

const healthy: CollectorReport = {
  id: 'pg_x',
  branch: 'pg_x_15',
  ttlMs: 10_000,
  hasPredicates: false,
  record: { ...newRecord, total: 3, hits: 1, durationMs: 4.26 },
  wasAsked: true,
  shown: { atMs: 5_000, families: [], samples: 7, unreadable: {}, missing: [], cut: 0 },
  isStale: false,
  failure: undefined,
};
const up: ScrapeReport = {
  database: 'app',
  isUp: true,
  failure: undefined,
  facts: {
    versionNum: 180004,
    role: 'replica',
    database: 'app',
    currentUser: 'monitor',
    isDiscovered: false,
    inventory: undefined,
  },
  areFactsCurrent: true,
  plan: undefined,
  collectors: [healthy],
  unplanned: [],
  totals: { scrapes: 3, errors: 1, seconds: 0.5 },
  durationMs: 20,
  nowMs: 8_000,
  beganAtSeconds: 1_795_293_199,
};
const statusOf = (main: ScrapeReport, ...databases: readonly ScrapeReport[]): unknown =>
  JSON.parse(statusDocument({ main, databases, merged: undefined, droppedSeries: new Map(), durationMs: 20 }));

test('says how every branch of every database is', () => {
  const failure = { class: 'locked', message: 'postgres://m:hunter2@h/x is locked', sqlState: '55P03' } as const;
  const sales = { ...up, database: 'sales', collectors: [{ ...healthy, failure, isStale: true }] };
  const status = statusOf(up, sales);
  expect(status).toMatchObject({
    schemaVersion: 1,
    up: true,
    role: 'replica',
    lastScrape: { beganAt: '2026-11-21T20:33:19.000Z', durationMs: 20 },
    databases: [
      {
        database: 'app',
        discovered: false,
        up: true,
        branches: [{ branch: 'pg_x_15', query: 'pg_x', state: 'ok', ageSeconds: 3, durationMs: 4.3, samples: 7 }],
      },
      {
        database: 'sales',
        discovered: true,
        branches: [{ state: 'stale', error: { class: 'locked', sqlState: '55P03' } }],
      },
    ],
  });
  expect(JSON.stringify(status)).not.toContain('hunter2');
});

test.each<[string, Partial<CollectorReport>]>([
  ['not_asked', { wasAsked: false }],
  ['failing', { failure: { class: 'timeout', message: '', sqlState: undefined }, shown: undefined }],
  [
    'skipped',
    { shown: { atMs: 0, families: [], samples: 0, unreadable: {}, missing: [], cut: 0, skippedBy: 'closed' } },
  ],
])('a branch is %s', (state, change) => {
  expect(statusOf({ ...up, collectors: [{ ...healthy, ...change }] })).toMatchObject({
    databases: [{ branches: [{ state }] }],
  });
});

test('a role that was not read in this scrape is only the last known', () => {
  expect(statusOf({ ...up, areFactsCurrent: false })).not.toHaveProperty('role');
  expect(statusOf({ ...up, areFactsCurrent: false })).toHaveProperty('lastKnownRole', 'replica');
});
