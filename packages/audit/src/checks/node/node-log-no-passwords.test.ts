import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodeLogNoPasswords as check } from './node-log-no-passwords.ts';

type Log = FactMap['node.server-log'];
const sample = (secretLines: number): Log['samples'][number] => ({
  path: '/pg/log/postgresql-Sat.csv',
  endBytes: 5000,
  readBytes: 4000,
  lines: 40,
  secretLines,
});
const judge = (samples: Log['samples'], state: Log['state'] = 'present') =>
  check.evaluate(
    { 'node.server-log': { folder: '/pg/log', state, samples, logins: {}, completeSince: null } },
    {},
    seenAt,
  );

test.each([
  ['none', [sample(0)], 'present', 'pass'],
  ['two lines', [sample(0), sample(2)], 'present', 'fail'],
  ['no log', [], 'present', 'undecided'],
  ['no folder', [], 'absent', 'undecided'],
  ['a folder that is closed', [], 'denied', 'undecided'],
] as const)('%s', (_, samples, state, outcome) => {
  expect(judge(samples, state).outcome).toBe(outcome);
});

test('a host of etcd keeps no log of a server: not applicable', () => {
  const verdict = check.evaluate(
    { 'node.server-log': { folder: '/pg/log', state: 'absent', samples: [], logins: {}, completeSince: null } },
    {},
    { ...seenAt, elsewhere: ['instance'] },
  );
  expect(verdict.outcome).toBe('not_applicable');
});

test('the sample is found again by its place in the file', () => {
  const verdict = judge([sample(2)]);
  expect(evidenceLines(verdict)[0]).toMatch(/bytes 1000 to 5000 of .*=2$/u);
  expect(verdict.evidence[0]?.shell).toMatch(/^head -c 5000 \S+ \| tail -c 4000 \| grep -aciE /u);
});
