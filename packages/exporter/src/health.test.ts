import { describe, expect, test } from 'vitest';
import type { FailureClass } from './failure.ts';
import { healthStatus, type HealthQuestion, type HealthState } from './health-state.ts';
import { healthOfReport } from './health.ts';
import type { ScrapeReport } from './scrape-report.ts';

describe('health routes answer as load balancers expect', () => {
  test.each<[HealthState, HealthQuestion, number]>([
    ['primary', 'up', 200],
    ['primary', 'primary', 200],
    ['primary', 'replica', 404],
    ['replica', 'up', 200],
    ['replica', 'replica', 200],
    ['replica', 'primary', 404],
    ['down', 'up', 503],
    ['down', 'replica', 503],
    ['starting', 'up', 503],
    ['unknown', 'up', 503],
    ['unknown', 'primary', 503],
  ])('%s, asked for %s: %d', (state, question, status) => {
    expect(healthStatus(state, question)).toBe(status);
  });
});

describe('what a scrape says about health', () => {
  const facts = {
    versionNum: 180004,
    role: 'replica',
    database: 'app',
    currentUser: 'monitor',
    isDiscovered: false,
    inventory: undefined,
  } as const;
  const report = (areFactsCurrent: boolean, failure?: FailureClass): ScrapeReport => ({
    database: 'app',
    plan: undefined,
    isUp: failure === undefined,
    failure: failure === undefined ? undefined : { class: failure, message: '', sqlState: undefined },
    facts,
    areFactsCurrent,
    collectors: [],
    unplanned: [],
    totals: { scrapes: 1, errors: 0, seconds: 0 },
    durationMs: 1,
    nowMs: 0,
    beganAtSeconds: 0,
  });

  test.each<[string, ScrapeReport, HealthState | undefined]>([
    ['the role it read', report(true), 'replica'],
    ['the role it read although a fatal collector failed', report(true, 'timeout'), 'replica'],
    ['starting', report(false, 'starting'), 'starting'],
    ['down when nothing listens', report(false, 'unreachable'), 'down'],
    ['nothing when its own time was up', report(false, 'timeout'), undefined],
    ['nothing when it found no free connection', report(false, 'too_many_connections'), undefined],
  ])('%s', (_what, seen, state) => {
    expect(healthOfReport(seen)).toBe(state);
  });
});
