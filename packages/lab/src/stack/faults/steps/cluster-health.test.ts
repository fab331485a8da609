import { describe, expect, test } from 'vitest';
import { describeCluster, describeReplication } from './cluster-health.ts';

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

const cluster = (...members: readonly object[]): string => JSON.stringify({ members });

describe('what the configuration store knows', () => {
  const leader = { name: 'pg-test-1', role: 'leader', state: 'running' };

  test.each([
    ['Patroni 3.0', { name: 'pg-test-2', role: 'replica', state: 'running', lag: 0 }],
    ['Patroni 3.3', { name: 'pg-test-2', role: 'replica', state: 'streaming', lag: 0 }],
  ])('a standby of %s is well', (_, standby) => {
    expect(describeCluster(cluster(leader, standby), ['pg-test-1', 'pg-test-2'], false)).toBeUndefined();
  });

  test.each([
    ['no JSON', '', 'does not tell'],
    ['a member that is gone', cluster(leader), 'does not know pg-test-2'],
    [
      'a member that starts',
      cluster(leader, { name: 'pg-test-2', state: 'starting', lag: 'unknown' }),
      'knows pg-test-2 as starting',
    ],
    [
      'a member whose position is unknown',
      cluster(leader, { name: 'pg-test-2', state: 'running', lag: 'unknown' }),
      'does not know how far pg-test-2 is',
    ],
  ])('%s is not', (_, body, said) => {
    expect(describeCluster(body, ['pg-test-1', 'pg-test-2'], false)).toContain(said);
  });

  test('where nothing may be lost, one standby is known as the synchronous one', () => {
    const standby = { name: 'pg-test-2', role: 'replica', state: 'running', lag: 0 };
    const members = ['pg-test-1', 'pg-test-2'];
    expect(describeCluster(cluster(leader, standby), members, true)).toContain('no synchronous standby');
    expect(describeCluster(cluster(leader, { ...standby, role: 'sync_standby' }), members, true)).toBeUndefined();
  });
});
