import { expect, test } from 'vitest';
import { configFact } from '../pgbouncer.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { pgbouncerStartupParameters } from './pgbouncer-startup-parameters.ts';

const tracked = { track_extra_parameters: 'IntervalStyle, Search_Path', auth_user: 'lookup' };

test.each([
  [{}, 12502, 'pass'],
  [tracked, 12500, 'fail'],
  [tracked, 12501, 'pass'],
  [{ ...tracked, auth_user: '' }, 12500, 'pass'],
  [{ ignore_startup_parameters: 'extra_float_digits, search_path' }, 12502, 'warn'],
])('%j at %i: %s', (values, versionNum, outcome) => {
  const facts = { 'pgbouncer.config': configFact(values), 'pgbouncer.version': { version: '1.x', versionNum } };
  expect(pgbouncerStartupParameters.evaluate(facts, {}, seenAt).outcome).toBe(outcome);
});
