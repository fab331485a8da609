import { expect, test } from 'vitest';
import { pgauditClasses, pgauditMajor } from './pgaudit.ts';

test.each([
  ['', []],
  ['none', []],
  ['ddl, ROLE', ['ddl', 'role']],
  ['all, -misc', ['read', 'write', 'function', 'role', 'ddl']],
  ['-ddl, all', ['read', 'write', 'function', 'role', 'ddl', 'misc', 'misc_set']],
  ['misc', ['misc', 'misc_set']],
  ['write, nonsense', ['write']],
])('pgaudit.log %j logs %j', (value, classes) => {
  expect([...pgauditClasses(value)]).toEqual(classes);
});

test.each([
  ['1.4.3', 12],
  ['1.7', 15],
  ['16.0', 16],
  ['18.0', 18],
  ['x', undefined],
])('pgaudit %s is made for PostgreSQL %s', (version, major) => {
  expect(pgauditMajor(version)).toBe(major);
});
