import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { monitoringConsolesSecured } from './monitoring-consoles-secured.ts';

type Console = FactMap['monitoring.exposure'][number];
const closed: Console = {
  console: 'alertmanager',
  isTls: true,
  isLoopback: false,
  path: '/api/v2/status',
  status: 401,
};
const judge = (...consoles: readonly Partial<Console>[]) =>
  monitoringConsolesSecured.evaluate(
    { 'monitoring.exposure': consoles.map((item) => ({ ...closed, ...item })) },
    {},
    seenAt,
  );

test.each([
  [{}, 'pass'],
  [{ status: 200 }, 'fail'],
  [{ status: 200, console: 'prometheus' }, 'warn'],
  [{ isTls: false }, 'warn'],
  [{ status: 200, isTls: false, isLoopback: true }, 'pass'],
] as const)('%j: %s', (changes, outcome) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('the worst console decides', () => {
  const verdict = judge({ console: 'prometheus' }, { status: 200 });
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['prometheus without a login=401', 'alertmanager without a login=200']);
});
