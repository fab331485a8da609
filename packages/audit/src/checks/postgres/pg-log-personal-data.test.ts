import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { logSampleFact } from '../log-sample.fixture.ts';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogPersonalData } from './pg-log-personal-data.ts';

type Sample = FactMap['node.log-sample'];
const clean = logSampleFact();
const personal = logSampleFact({ personalData: { ...clean.personalData, 'identity number': 3 } });
const judge = (sample: Sample, changes: Readonly<Record<string, string>> = {}) =>
  pgLogPersonalData.evaluate(
    {
      'pg.settings': settingsFact({
        log_statement: 'ddl',
        log_min_duration_statement: '1000',
        log_parameter_max_length: '0',
        log_parameter_max_length_on_error: '0',
        'pgaudit.log_parameter': 'off',
        ...changes,
      }),
      'node.log-sample': sample,
    },
    {},
    seenAt,
  );

test.each<readonly [string, string, Sample, Readonly<Record<string, string>>]>([
  ['hardened', 'pass', clean, {}],
  ['in full, and nothing personal in it', 'pass', clean, { log_parameter_max_length: '-1' }],
  ['weak: in full, and personal data in it', 'warn', personal, { log_parameter_max_length: '-1' }],
  ['personal data in the statements themselves', 'warn', personal, {}],
  ['in full, and no log to look at', 'undecided', null, { 'pgaudit.log_parameter': 'on' }],
  ['bounded, and no log to look at', 'pass', null, {}],
  [
    'in full, but no statement is logged',
    'pass',
    null,
    {
      log_parameter_max_length: '-1',
      log_statement: 'none',
      log_min_duration_statement: '-1',
    },
  ],
])('%s: %s', (_, outcome, sample, changes) => {
  expect(judge(sample, changes).outcome).toBe(outcome);
});

test('the reason names how it comes into the log', () => {
  expect(judge(personal, { log_parameter_max_length_on_error: '-1' }).reason.en).toBe(
    'the sample of the log holds what looks like personal data (3 × identity number), and parameters are logged in full (log_parameter_max_length_on_error)',
  );
});
