import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { monitoringHostCapacity } from './monitoring-host-capacity.ts';

type Load = FactMap['monitoring.host-load'][number];
const load = (what: Load['what'], share: number, instance = '10.0.0.1:9100'): Load => ({ what, instance, share });
const judge = (...loads: readonly Load[]) =>
  monitoringHostCapacity.evaluate({ 'monitoring.host-load': loads }, monitoringHostCapacity.params, seenAt);

test('hardened: room everywhere', () => {
  const verdict = judge(load('cpu', 0.4), load('cpu', 0.8, '10.0.0.2:9100'), load('conntrack', 0.01));
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.en).toContain('2 hosts');
  expect(evidenceLines(verdict)[0]).toContain('=10.0.0.1:9100\n10.0.0.2:9100');
});

test.each(['cpu', 'network', 'conntrack'] as const)('weak: %s full at the peak', (what) => {
  const verdict = judge(load('cpu', 0.1), load(what, 0.93, '10.0.0.2:9100'));
  expect(verdict.outcome).toBe('warn');
  expect(verdict.reason.en).toContain('10.0.0.2:9100 at 93 %');
});

test('without metrics of hosts nothing is said of them', () => {
  expect(judge().outcome).toBe('insufficient_data');
  expect(judge(load('conntrack', 0.01)).outcome).toBe('insufficient_data');
});
