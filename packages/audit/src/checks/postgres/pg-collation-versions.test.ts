import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgCollationVersions } from './pg-collation-versions.ts';

const judge = (collations: FactMap['pg.collations'], version = '180004') =>
  pgCollationVersions.evaluate(
    { 'pg.settings': settingsFact({ server_version_num: version }), 'pg.collations': collations },
    {},
    seenAt,
  );
const shop = { database: 'shop', provider: 'c', recorded: '2.36', actual: '2.36' };
const changed = { name: 'public.german', recorded: '153.80', actual: '153.88', indexed: false };

test('hardened: recorded and actual are equal, and C locales have no version', () => {
  const verdict = judge({
    databases: [shop, { ...shop, database: 'plain', recorded: null, actual: null }],
    changed: [],
  });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)[0]).toContain('=shop|2.36|2.36\nplain||');
  expect(evidenceLines(verdict)[1]).toMatch(/=0\|0$/u);
});

test('weak: the C library changed under a database', () => {
  const verdict = judge({ databases: [{ ...shop, actual: '2.41' }], changed: [] });
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.zh).toBe('经核查，以下排序规则版本与记录不一致：shop (2.36 → 2.41)');
});

test('a changed collation fails when an index uses it and warns when none does', () => {
  expect(judge({ databases: [shop], changed: [{ ...changed, indexed: true }] }).outcome).toBe('fail');
  expect(judge({ databases: [shop], changed: [changed] }).outcome).toBe('warn');
});

test('a library that went away is a change too', () => {
  expect(judge({ databases: [{ ...shop, actual: null }], changed: [] }).outcome).toBe('fail');
});

test('before version 15 only collations are compared, and the reason says so', () => {
  const verdict = judge({ databases: [], changed: [] }, '140024');
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.en).toContain('records none for the databases');
  expect(verdict.evidence).toHaveLength(1);
});
