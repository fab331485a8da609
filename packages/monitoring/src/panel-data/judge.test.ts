import { expect, test } from 'vitest';
import { judgeAnswer } from './judge.ts';
import type { Answer } from './prometheus-api.ts';

const series = (...values: readonly number[]): Answer => ({
  ok: true,
  series: [{ labels: {}, points: values.map((value, index) => [index, value] as const) }],
});
const nothing: Answer = { ok: true, series: [] };

test.each([
  ['a value', series(0), undefined, [], 'data'],
  ['one value among NaN', series(Number.NaN, 1), undefined, [], 'data'],
  ['NaN alone', series(Number.NaN), undefined, [], 'empty'],
  ['nothing, always expected', nothing, undefined, [], 'empty'],
  ['nothing, expected in health', nothing, 'healthy', [], 'empty'],
  ['nothing, expected in a situation that is not', nothing, 'drill-done', [], 'absent'],
  ['nothing, in its situation', nothing, 'drill-done', ['drill-done'], 'empty'],
  ['nothing, in another situation', nothing, 'drill-done', ['vip-probed'], 'absent'],
  ['data outside of its situation', series(1), 'drill-done', [], 'data'],
  ['no answer', { ok: false, reason: 'timeout' }, undefined, [], 'unanswered'],
  ['no answer is no absence', { ok: false, reason: 'timeout' }, 'drill-done', [], 'unanswered'],
] as const)('%s', (_name, answer, when, present, verdict) => {
  expect(judgeAnswer(answer, when, present).verdict).toBe(verdict);
});

test('the reason tells a NaN from nothing, and names the scenario', () => {
  expect(judgeAnswer(series(Number.NaN), undefined, []).reason).toBe('every value is NaN');
  expect(judgeAnswer(nothing, 'drill-done', []).reason).toContain('drill-done');
  expect(judgeAnswer({ ok: false, reason: 'status 422: bad query' }, undefined, []).reason).toBe(
    'status 422: bad query',
  );
});
