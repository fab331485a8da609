import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { logSampleFact } from '../log-sample.fixture.ts';
import { seenAt, settingsFact } from '../settings.fixture.ts';
import { pgLogSampleComplete } from './pg-log-sample-complete.ts';

type Sample = FactMap['node.log-sample'];
const judge = (sample: Sample, requiredTypes: readonly string[] = ['login'], collector = 'on') =>
  pgLogSampleComplete.evaluate(
    {
      'pg.settings': settingsFact({ logging_collector: collector, log_destination: 'csvlog' }),
      'node.log-sample': sample,
    },
    { requiredTypes: [...requiredTypes] },
    seenAt,
  );
const [login, ...others] = logSampleFact().events;
if (login === undefined) throw new Error('the sample has no logins');

test.each<readonly [string, string, Sample, readonly string[]]>([
  ['hardened', 'pass', logSampleFact(), ['login', 'grant']],
  ['weak: no user', 'fail', logSampleFact({ events: [{ ...login, lacking: ['user'] }, ...others] }), ['login']],
  ['no login in the sample', 'warn', logSampleFact({ events: [{ ...login, count: 0 }, ...others] }), ['login']],
  ['a type that need not be seen', 'pass', logSampleFact({ events: [login] }), ['login']],
  ['nothing could be read', 'undecided', logSampleFact({ records: 0 }), ['login']],
  ['no log on the node', 'undecided', null, ['login']],
])('%s: %s', (_, outcome, sample, requiredTypes) => {
  expect(judge(sample, requiredTypes).outcome).toBe(outcome);
});

test('types that were not seen are said', () => {
  const events = [login, ...others.map((event) => (event.type === 'grant' ? { ...event, count: 0 } : event))];
  expect(judge(logSampleFact({ events })).reason.en).toContain('not seen: grant');
});

test('a server that writes no files has no sample', () => {
  expect(judge(null, [], 'off').outcome).toBe('not_applicable');
});
