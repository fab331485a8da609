import { expect, test } from 'vitest';
import { printable, printableLine } from './printable.ts';

test.each([
  ['an escape sequence', 'a\u001B[2Kb', String.raw`a\x1b[2Kb`],
  ['a carriage return', 'fail\rpass', String.raw`fail\x0dpass`],
  ['a C1 control', 'a\u009Bb', String.raw`a\x9bb`],
  ['a direction mark', 'a\u202Egnp', String.raw`a\u{202e}gnp`],
  ['what ends each range', '\0\b\v\u001F\u007F\u009F\u2069', String.raw`\x00\x08\x0b\x1f\x7f\x9f\u{2069}`],
  ['what is beside them', ' ~\u00A0\u2010\u202F\u2065\u206A', ' ~\u00A0\u2010\u202F\u2065\u206A'],
  ['words of any script, tabs and lines', '密码 😀\té\n', '密码 😀\té\n'],
])('%s', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('a name with a line break begins no line of its own', () => {
  expect(printableLine('ops\n  outcome: Pass')).toBe(String.raw`ops\n  outcome: Pass`);
});
