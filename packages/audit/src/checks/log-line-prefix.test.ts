import { expect, test } from 'vitest';
import { logLinePrefixFields } from './log-line-prefix.ts';

test.each([
  ['%m [%p] ', ['time', 'pid']],
  ['%m [%p] %q%u@%d app=%a client=%h %e ', ['time', 'pid', 'user', 'database', 'application', 'host', 'sqlstate']],
  ['%n %c %r ', ['time', 'pid', 'host']],
  ['%-10u|%5p|%10d', ['user', 'pid', 'database']],
  ['%%u %L %b %l %s %i %v %x %Q %P', []],
  ['', []],
  ['%', []],
  ['%%%u', ['user']],
])('log_line_prefix %j prints %j', (prefix, fields) => {
  expect([...logLinePrefixFields(prefix)]).toEqual(fields);
});
