import { expect, test } from 'vitest';
import { alertmanagerFact } from '../monitoring.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { monitoringSilencesJustified } from './monitoring-silences-justified.ts';

const silence = {
  id: '1',
  matchers: ['alertname="PostgresReplicationLagBytes"'],
  startsAt: '2026-11-20T00:00:00Z',
  endsAt: '2026-11-22T00:00:00Z',
  createdBy: 'anna',
  comment: 'rebuild, OPS-12',
  state: 'active',
};
const judge = (...silences: readonly Partial<typeof silence>[]) =>
  monitoringSilencesJustified.evaluate(
    { 'monitoring.alertmanager': alertmanagerFact({ silences: silences.map((item) => ({ ...silence, ...item })) }) },
    monitoringSilencesJustified.params,
    seenAt,
  );

test.each([
  [[], 'pass'],
  [[{}], 'pass'],
  [[{ endsAt: '2027-11-22T00:00:00Z' }], 'warn'],
  [[{ comment: '' }], 'warn'],
  [[{ matchers: ['alertname=~"Audit.*"'] }], 'pass'],
  [[{ matchers: ['alertname=~"Audit.*"'], comment: 'noise' }], 'fail'],
])('%j: %s', (silences, outcome) => {
  expect(judge(...silences).outcome).toBe(outcome);
});
