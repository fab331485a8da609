import { expect, test } from 'vitest';
import { seenAt } from '../settings.fixture.ts';
import { haproxyVersionSupported } from './haproxy-version-supported.ts';

const judge = (version: string | null) =>
  haproxyVersionSupported.evaluate(
    { 'haproxy.info': { version, startedAtSeconds: 1, uptimeSeconds: 1, mostConnections: 1, currentConnections: 1 } },
    haproxyVersionSupported.params,
    seenAt,
  );

test.each([
  ['2.8.10', 'pass'],
  ['2.6.12-1+deb12u4', 'pass'],
  ['3.3.1', 'warn'],
  ['2.4.30', 'fail'],
  ['2.4.30-1+deb11u2', 'warn'],
  ['1.5.18', 'fail'],
  ['2.3.21', 'fail'],
  ['9.9.1', 'warn'],
  ['3.10.1', 'warn'],
  [null, 'undecided'],
  ['unknown', 'undecided'],
] as const)('%s: %s', (version, outcome) => {
  expect(judge(version).outcome).toBe(outcome);
});
