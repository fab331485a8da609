import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { etcdAccessControl } from './etcd-access-control.ts';

type Auth = FactMap['etcd.auth'];
const grant = (key: string, rangeEnd: string, user = 'pg-test') => ({
  user,
  role: user,
  type: 'READWRITE' as const,
  key,
  rangeEnd,
});
const auth = (changes: Partial<Auth> = {}): Auth => ({
  enabled: true,
  user: 'pg-test',
  readsForeignKeys: false,
  users: [{ name: 'pg-test', roles: ['pg-test'] }],
  sawAllUsers: false,
  grants: [grant('/pg/pg-test/', '/pg/pg-test0')],
  ...changes,
});
const judge = (changes: Partial<Auth>) =>
  etcdAccessControl.evaluate({ 'etcd.auth': auth(changes) }, { administrators: ['root'] }, seenAt);

test.each([
  ['hardened', 'pass', {}],
  ['weak: no access control', 'fail', { enabled: false, user: null, grants: [] }],
  ['a user of the whole namespace', 'warn', { grants: [grant('/pg/', '/pg0')] }],
  ['a user of every key', 'warn', { grants: [grant('\0', '\0')] }],
  ['a range that is no prefix', 'warn', { grants: [grant('/pg/a/', '/pg/z')] }],
  ['a prefix that other names begin with', 'warn', { grants: [grant('/pg/pg-test', '/pg/pg-tesu')] }],
  ['another user that reaches everything', 'warn', { sawAllUsers: true, grants: [grant('\0', '\0', 'exporter')] }],
  ['root may', 'pass', { user: 'root', readsForeignKeys: true, grants: [grant('\0', '\0', 'root')] }],
  ['a single key', 'pass', { grants: [grant('/pg/pg-test/leader', '')] }],
  ['a login that reads foreign keys', 'warn', { readsForeignKeys: true, grants: [] }],
  ['an auditor without a user', 'undecided', { user: null, grants: [] }],
] as const)('%s: %s', (_, outcome, changes: Partial<Auth>) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('the evidence is what was tried', () => {
  expect(evidenceLines(judge({}))).toEqual([
    'a read without a login=refused',
    'pg-test reads a key outside of the prefix=refused',
  ]);
});
