import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgSlotsSafe } from './pg-slots-safe.ts';

type Slot = FactMap['pg.slots'][number];
const slot = (changes: Partial<Slot> = {}): Slot => ({
  name: 'pg_test_2',
  logical: false,
  active: true,
  walStatus: 'reserved',
  invalidationReason: null,
  retainedBytes: 1024,
  inactiveSince: null,
  synced: false,
  ...changes,
});
const gib = 1_073_741_824;
const judge = (slots: readonly Slot[], keepMegabytes = '10240', server: Partial<FactMap['pg.server']> = {}) =>
  pgSlotsSafe.evaluate(
    {
      'pg.slots': slots,
      'pg.server': serverFact(server),
      'pg.settings': settingsFact({ max_slot_wal_keep_size: keepMegabytes }),
    },
    pgSlotsSafe.params,
    seenAt,
  );
const idle = { active: false, inactiveSince: '2026-11-19T12:00:00.000000Z' };

test.each([
  ['hardened: an active slot', 'pass', [slot()], '10240'],
  ['an active slot far behind is a matter of lag', 'pass', [slot({ retainedBytes: 5 * gib })], '-1'],
  ['weak: WAL kept for nobody without limit', 'fail', [slot({ ...idle, retainedBytes: 2 * gib })], '-1'],
  ['as much, but bounded', 'warn', [slot({ ...idle, retainedBytes: 2 * gib })], '10240'],
  ['a lost slot', 'fail', [slot({ active: false, walStatus: 'lost', retainedBytes: null })], '10240'],
  ['an invalidated slot', 'fail', [slot({ active: false, invalidationReason: 'idle_timeout' })], '10240'],
  ['about to be lost', 'fail', [slot({ walStatus: 'unreserved' })], '10240'],
  ['inactive for a moment', 'pass', [slot({ active: false, inactiveSince: '2026-11-21T11:59:00.000000Z' })], '10240'],
  ['inactive for two days', 'warn', [slot(idle)], '10240'],
  ['inactive, and the version keeps no time', 'warn', [slot({ active: false })], '10240'],
  ['never used, so it holds nothing', 'pass', [slot({ active: false, walStatus: null, retainedBytes: null })], '10240'],
  ['no slot', 'not_applicable', [], '-1'],
] as const)('%s: %s', (_, outcome, slots, keepMegabytes) => {
  expect(judge(slots, keepMegabytes).outcome).toBe(outcome);
});

test('a standby may keep inactive copies of the slots', () => {
  expect(judge([slot(idle)], '10240', { inRecovery: true }).outcome).toBe('pass');
});

test('the evidence has no age in it: limits are in the statement', () => {
  const verdict = judge([slot({ ...idle, retainedBytes: 2 * gib })], '10240');
  expect(evidenceLines(verdict)[0]).toMatch(/=pg_test_2\|f\|reserved\|t\|\|t$/u);
  expect(verdict.evidence[0]?.sql).toContain("inactive_since < '2026-11-20T12:00:00Z'");
  expect(verdict.evidence[0]?.sql).toContain('> 1073741824');
});

test('version 12 has neither WAL status nor a limit', () => {
  const old = slot({ active: false, walStatus: null, retainedBytes: 2 * gib });
  const verdict = pgSlotsSafe.evaluate(
    { 'pg.slots': [old], 'pg.server': serverFact({ versionNum: 120022 }), 'pg.settings': settingsFact({}) },
    pgSlotsSafe.params,
    seenAt,
  );
  expect(verdict.outcome).toBe('fail');
  expect(evidenceLines(verdict)).toEqual(['slot, active, holds too much=pg_test_2|f|t']);
});
