import { describe, expect, test } from 'vitest';
import { describeReplication } from './cluster-health.ts';

describe('what the primary says of its standbys', () => {
  const well = [
    ['pg-test-2', 'streaming', 't', 'f'],
    ['pg-test-3', 'streaming', 't', 'f'],
  ];

  test('all stream and have replayed the mark: nothing to say', () => {
    expect(describeReplication(['pg-test-2', 'pg-test-3'], well)).toBeUndefined();
  });

  test.each([
    ['one is missing', [well[0] ?? []], 'pg-test-3 is not attached to the primary'],
    ['one catches up', [['pg-test-2', 'catchup', 't', 'f']], 'pg-test-2 is catchup, not streaming'],
    ['one lags', [['pg-test-2', 'streaming', 'f', 'f']], 'pg-test-2 has not replayed what the primary wrote'],
    // A former primary that Patroni took back without pg_rewind: it "streams", and its lag is negative.
    [
      'one is ahead',
      [['pg-test-2', 'streaming', 't', 't']],
      'pg-test-2 is ahead of its primary: it has a history of its own',
    ],
  ])('%s', (_, rows, said) => {
    expect(describeReplication(['pg-test-2', 'pg-test-3'], rows)).toContain(said);
  });

  test('a replay position that is unknown (NULL before the first reply) is neither well nor a history of its own', () => {
    expect(describeReplication(['pg-test-2'], [['pg-test-2', 'streaming', '', '']])).toBe(
      'pg-test-2 has not said how far it is',
    );
  });
});
