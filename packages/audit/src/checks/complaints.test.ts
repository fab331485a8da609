import { expect, test } from 'vitest';
import type { Evidence } from '../check.ts';
import { complaint, verdictOf } from './complaints.ts';

const evidence: Evidence = {
  fact: 'node.host',
  at: 'kernel',
  actual: '6.1',
  expected: { en: 'x', zh: '某' },
  shell: 'uname -r',
};
const good = { en: 'all is well', zh: '均正常' };
const unknown = [{ en: 'a folder may not be read', zh: '目录无法读取' }];

test('nothing to complain about passes with its evidence', () => {
  const verdict = verdictOf({ complaints: [], good, evidence: [evidence] });
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.zh).toBe('经核查，均正常，符合要求');
});

test('the worst complaint decides and is named first, and all are named', () => {
  const verdict = verdictOf({
    complaints: [
      complaint('warn', 'a is so-so', '甲一般', evidence),
      complaint('fail', 'b is bad', '乙不符合', evidence),
    ],
    unknown,
    good,
    evidence: [],
  });
  expect([verdict.outcome, verdict.reason.en]).toEqual(['fail', 'b is bad; a is so-so']);
});

test('a complaint is shown by its own evidence, or else by all that was looked at', () => {
  const other: Evidence = { ...evidence, at: 'release' };
  const own = [complaint('warn', 'a is so-so', '甲一般', evidence)];
  expect(verdictOf({ complaints: own, good, evidence: [evidence, other] }).evidence).toEqual([evidence]);
  const bare = [...own, complaint('fail', 'b is bad', '乙不符合')];
  expect(verdictOf({ complaints: bare, good, evidence: [evidence, other] }).evidence).toEqual([evidence, other]);
});

test('what is unknown never passes, nor does it hide behind a warning', () => {
  expect(verdictOf({ complaints: [], unknown, good, evidence: [] }).outcome).toBe('undecided');
  expect(verdictOf({ complaints: [complaint('warn', 'x', '某')], unknown, good, evidence: [] }).outcome).toBe(
    'undecided',
  );
});

test('a long list is cut with its count', () => {
  const complaints = Array.from({ length: 9 }, (_, index) => complaint('warn', `item ${index}`, `项 ${index}`));
  expect(verdictOf({ complaints, good, evidence: [] }).reason.en).toMatch(/item 5; and 3 more$/);
});
