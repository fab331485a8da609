import { expect, it } from 'vitest';
import { findingOf } from './finding.fixture.ts';
import { verdictOf } from './verdict-exit.ts';

const high = findingOf('a', 'x', 'fail');
const low = findingOf('b', 'x', 'fail', { severity: 'low' });
const unknown = findingOf('c', 'x', 'error');
const good = findingOf('d', 'x', 'pass');

it.each([
  ['nothing but passes', [good], 'high', 'ok'],
  ['a failure at the limit', [good, high], 'high', 'findings'],
  ['a failure below the limit', [good, low], 'high', 'ok'],
  ['a failure that counts and an unknown', [unknown, high], 'high', 'findings'],
  ['an unknown', [good, unknown], 'high', 'incomplete'],
  ['a failure that does not count and an unknown', [low, unknown], 'high', 'incomplete'],
  ['a failure when none counts', [high], 'never', 'ok'],
  ['an excepted failure', [findingOf('a', 'x', 'excepted')], 'info', 'ok'],
  ['a history that is too short', [findingOf('a', 'x', 'insufficient_data')], 'info', 'incomplete'],
  ['what a person decides', [findingOf('b', 'x', 'manual')], 'info', 'ok'],
  ['a warning', [findingOf('a', 'x', 'warn', { severity: 'critical' })], 'info', 'ok'],
] as const)('%s', (_, findings, failOn, verdict) => {
  expect(verdictOf(findings, failOn)).toBe(verdict);
});
