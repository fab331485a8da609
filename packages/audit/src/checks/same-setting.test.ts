import { expect, test } from 'vitest';
import { isSameSetting } from './same-setting.ts';

test.each([
  ['64MB', '8192', '8kB', true],
  ['1GB', '1024', 'MB', true],
  [8192, '8192', '8kB', true],
  ['64MB', '8193', '8kB', false],
  ['-1', '-1', 'MB', true],
  ['10min', '600000', 'ms', true],
  [60, '60', 's', true],
  ['60s', '1', 'min', true],
  ['30s', '1', 'min', false],
  [true, 'on', null, true],
  ['off', 'on', null, false],
  ['0.9', '0.90', null, true],
  ['a, b', 'a,b', null, true],
  ['ddl', 'none', null, false],
  ['0600', '0600', null, true],
] as const)('%j is %s %s: %s', (wanted, value, unit, same) => {
  expect(isSameSetting(wanted, { value, unit })).toBe(same);
});
