import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodeIntegrityBaseline } from './node-integrity-baseline.ts';

type Digests = FactMap['node.digests'];
type Changes = FactMap['records.change-records'];
const postgres = { path: '/usr/pgsql/bin/postgres', kind: 'program', sha256: 'a'.repeat(64) } as const;
const hba = { path: '/pg/data/pg_hba.conf', kind: 'config', sha256: 'b'.repeat(64) } as const;
const approved = [hba, postgres];
const changedHba = { ...hba, sha256: 'c'.repeat(64) };
const noRecords: Changes = { file: null, records: [] };
const record = (status: 'approved' | 'pending', until = '2026-11-21T23:59:59.999Z'): Changes => ({
  file: { sha256: 'd'.repeat(64) },
  records: [
    {
      id: 'CHG-7',
      status,
      approvedBy: 'cab',
      from: '2026-11-20',
      until,
      subjects: ['pg-test-*'],
      facts: ['node.digests'],
    },
  ],
});

const judge = (
  files: Digests['files'],
  {
    changes = noRecords,
    denied = [],
    ignored = [],
    baselines = {
      isDeclared: true,
      byHost: {
        'pg-test-1': {
          file: 'pg-test-1.json',
          sha256: 'e'.repeat(64),
          collectedAt: '2026-11-19T00:00:00.000Z',
          files: approved,
        },
      },
    },
  }: {
    readonly changes?: Changes;
    readonly denied?: readonly string[];
    readonly ignored?: readonly string[];
    readonly baselines?: FactMap['records.baselines'];
  } = {},
) =>
  nodeIntegrityBaseline.evaluate(
    { 'node.digests': { files, denied }, 'records.baselines': baselines, 'records.change-records': changes },
    { ignored },
    { ...seenAt, subject: 'pg-test-1.node' },
  );

test('hardened: every file is as it was approved', () => {
  const verdict = judge(approved);
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toContain(`/usr/pgsql/bin/postgres=${'a'.repeat(64)}`);
});

test.each<readonly [string, Digests['files']]>([
  ['changed', [changedHba, postgres]],
  ['added', [...approved, { path: '/usr/pgsql/lib/evil.so', kind: 'library', sha256: 'f'.repeat(64) }]],
  ['gone', [postgres]],
])('weak: a file was %s and nobody approved it', (_, files) => {
  const verdict = judge(files);
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toMatch(/^not as it was approved: \//u);
});

test.each<readonly [string, Changes, string]>([
  ['an approved change', record('approved'), 'warn'],
  ['a pending one', record('pending'), 'fail'],
  ['one that ended before the baseline', record('approved', '2026-11-18T00:00:00Z'), 'fail'],
])('a file that changed under %s: %s', (_, changes, outcome) => {
  expect(judge([changedHba, postgres], { changes }).outcome).toBe(outcome);
});

test('undeclared is for a person to say, a host without a baseline is a warning, and neither is a pass', () => {
  expect(judge(approved, { baselines: { isDeclared: false, byHost: {} } }).outcome).toBe('manual');
  expect(judge(approved, { baselines: { isDeclared: true, byHost: {} } }).outcome).toBe('warn');
});

test('a file of the baseline that may not be read decides nothing, and one that changes by itself may be left out', () => {
  expect(judge([postgres], { denied: [hba.path] }).outcome).toBe('undecided');
  expect(judge([changedHba, postgres], { ignored: [hba.path] }).outcome).toBe('pass');
});
