import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgScramIterations } from './pg-scram-iterations.ts';

const judge = (stored: readonly number[], setting?: string, recommendedIterations = 4096) =>
  pgScramIterations.evaluate(
    {
      'pg.role-secrets': stored.map((iterations, index) => ({
        name: `r${index}`,
        method: 'scram-sha-256',
        iterations,
      })),
      'pg.settings': settingsFact(setting === undefined ? {} : { scram_iterations: setting }),
    },
    { minimumIterations: 4096, recommendedIterations },
    seenAt,
  );

test('fewer than the floor fails and names the roles', () => {
  const verdict = judge([4096, 1000]);
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['role r1=r1|scram-sha-256|1000']);
});

test('a weak setting fails before it has made a weak password', () => {
  expect(judge([4096], '1').outcome).toBe('fail');
});

test('between the floor and what the organisation wants is a warning', () => {
  expect(judge([4096], '4096', 600_000).outcome).toBe('warn');
});

test('the floor passes, with and without the setting of version 16', () => {
  expect(judge([4096, 8192]).outcome).toBe('pass');
  expect(evidenceLines(judge([8192], '4096'))).toEqual(['fewest iterations=8192', 'scram_iterations=4096']);
});

test('without SCRAM passwords and without the setting there is nothing to judge', () => {
  expect(judge([]).outcome).toBe('not_applicable');
});
