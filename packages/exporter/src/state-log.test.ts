import { PassThrough } from 'node:stream';
import { createLogger } from '@pgattest/runtime';
import { expect, test } from 'vitest';
import { newRecord } from './cache.ts';
import type { Failure } from './failure.ts';
import type { CollectorReport, InstanceReport, ScrapeReport } from './scrape-report.ts';
import { createStateLog } from './state-log.ts';

const refused: Failure = { class: 'unreachable', message: 'connection refused', sqlState: undefined };
const denied: Failure = { class: 'permission_denied', message: 'permission denied', sqlState: '42501' };
const collector = (failure?: Failure): CollectorReport => ({
  id: 'pg_x',
  branch: 'pg_x',
  ttlMs: 10_000,
  hasPredicates: false,
  record: newRecord,
  wasAsked: true,
  shown: undefined,
  isStale: false,
  failure,
});
const report = (change: Partial<ScrapeReport> = {}): ScrapeReport => ({
  database: 'app',
  plan: undefined,
  isUp: change.failure === undefined,
  failure: undefined,
  facts: undefined,
  areFactsCurrent: false,
  collectors: [],
  unplanned: [],
  totals: { scrapes: 1, errors: 0, seconds: 0 },
  durationMs: 1,
  nowMs: 0,
  beganAtSeconds: 0,
  ...change,
});
const instance = (main: ScrapeReport, ...databases: readonly ScrapeReport[]): InstanceReport => ({
  main,
  databases,
  merged: undefined,
  droppedSeries: new Map(),
  durationMs: 1,
});
const facts = {
  versionNum: 180004,
  role: 'primary',
  database: 'app',
  currentUser: 'monitor',
  isDiscovered: false,
  inventory: undefined,
} as const;

const shownFields = ['level', 'message', 'database', 'code', 'role', 'collector', 'metric'];

/** The log of several scrapes as `level message fields…`. */
async function logOf(...reports: readonly (ScrapeReport | InstanceReport)[]): Promise<readonly string[]> {
  const stream = new PassThrough();
  const log = createStateLog(createLogger({ level: 'info', format: 'json', stream }));
  for (const one of reports) log('main' in one ? one : instance(one));
  stream.end();
  const lines = (await stream.toArray()).join('').trim().split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const event: unknown = JSON.parse(line);
      const field = (name: string): unknown => Object.entries(event ?? {}).find(([key]) => key === name)?.[1];
      return shownFields
        .map(field)
        .filter((value) => typeof value === 'string')
        .join(' ');
    });
}

test('a server that stays down is logged once, and once when it is back', async () => {
  const down = report({ failure: refused });
  const up = report({ facts, areFactsCurrent: true });
  expect(await logOf(down, down, down, up, up)).toEqual([
    'error server is not up unreachable',
    'info server is up again',
    'info server is known app primary',
  ]);
});

test('a new reason is logged although the state is the same', async () => {
  const starting: Failure = { ...refused, class: 'starting' };
  expect(await logOf(report({ failure: refused }), report({ failure: starting }))).toHaveLength(2);
});

test('a promotion is logged', async () => {
  const replica = report({ facts: { ...facts, role: 'replica' }, areFactsCurrent: true });
  expect(await logOf(replica, report({ facts, areFactsCurrent: true }))).toEqual([
    'info server is known app replica',
    'info server changed its role app primary',
  ]);
});

test('a failing collector is logged when it begins and when it ends, and an outage in between is neither', async () => {
  const failing = report({ collectors: [collector(denied)] });
  const outage = report({ failure: refused, collectors: [{ ...collector(), wasAsked: false }] });
  expect(await logOf(failing, outage, failing, report({ collectors: [collector()] }))).toEqual([
    'warn collector fails permission_denied pg_x',
    'error server is not up unreachable',
    'info server is up again',
    'info collector works again pg_x',
  ]);
});

test('dropped series are logged once per metric', async () => {
  const conflict = {
    metric: 'pg_x_a',
    database: 'app',
    origin: 'pg_x',
    reason: 'duplicate_series',
    count: 1,
    example: '{}',
  } as const;
  const dropping = { ...instance(report()), merged: { families: [], conflicts: [conflict] } };
  expect(await logOf(dropping, dropping)).toEqual(['warn series dropped app pg_x pg_x_a']);
});

test('another database is logged with its name, and only its own changes', async () => {
  const main = report({ facts, areFactsCurrent: true });
  const sales = { ...report({ failure: denied }), database: 'sales' };
  const healed = { ...report(), database: 'sales' };
  expect(await logOf(instance(main, sales), instance(main, sales), instance(main, healed))).toEqual([
    'info server is known app primary',
    'error database cannot be read sales permission_denied',
    'info database can be read again sales',
  ]);
});

test('a collector that lost a column is logged once', async () => {
  const shown = { atMs: 0, families: [], samples: 0, unreadable: {}, missing: ['value'], cut: 0 };
  const lacking = report({ collectors: [{ ...collector(), shown }] });
  expect(await logOf(lacking, lacking)).toEqual(['warn collector is incomplete pg_x']);
});
