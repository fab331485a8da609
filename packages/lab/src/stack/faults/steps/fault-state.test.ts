import { expect, test } from 'vitest';
import { findRememberedPid, getRemembered } from './fault-state.ts';

test('what was remembered comes back, and what was not is an error that names it', () => {
  expect(getRemembered({ member: 'pg-test-1' }, 'member')).toBe('pg-test-1');
  expect(() => getRemembered({}, 'member')).toThrow('no member');
});

test.each(['', '0', '1', '-5', 'x', '12.5'])('%j is no pid that may get a signal', (pid) => {
  expect(findRememberedPid({ pid }, 'pid')).toBeUndefined();
});

test('a pid is read back', () => {
  expect(findRememberedPid({ pid: '4711' }, 'pid')).toBe(4711);
  expect(findRememberedPid({}, 'pid')).toBeUndefined();
});
