import { expect, test } from 'vitest';
import { takeBooleanValues } from './boolean-values.ts';

const auto = { short: '-a', long: '--auto', negate: false, attributeName: () => 'auto' };
const noCache = { short: undefined, long: '--no-cache', negate: true, attributeName: () => 'cache' };

test.each([
  [['--auto=true'], [], { auto: true }],
  [['--auto=false'], [], { auto: false }],
  [['-a=0'], [], { auto: false }],
  [['--auto=1', '--auto=false'], [], { auto: false }],
  [['--no-cache=true'], [], { cache: false }],
  [['--auto', 'x'], ['--auto', 'x'], {}],
  [['--auto=maybe', '--other=true'], ['--auto=maybe', '--other=true'], {}],
  [['--', '--auto=false'], ['--', '--auto=false'], {}],
])('%j', (argv, rest, values) => {
  const taken = takeBooleanValues(argv, [auto, noCache]);
  expect(taken.rest).toEqual(rest);
  expect(Object.fromEntries(taken.values)).toEqual(values);
});
