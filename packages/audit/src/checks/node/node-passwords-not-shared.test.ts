import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodePasswordsNotShared as check } from './node-passwords-not-shared.ts';

type PasswordFile = FactMap['node.shared-passwords'][number];
const file = (changes: Partial<PasswordFile> = {}): PasswordFile => ({
  path: '/etc/patroni/patroni.yml',
  kind: 'patroni',
  state: 'present',
  accounts: ['restapi.authentication', 'postgresql.authentication.superuser'],
  shared: [],
  ...changes,
});
const judge = (...files: readonly PasswordFile[]) => check.evaluate({ 'node.shared-passwords': files }, {}, seenAt);

test.each([
  ['each its own', [file()], 'pass'],
  ['two the same', [file({ shared: [['a', 'b']] })], 'fail'],
  ['a closed file', [file({ state: 'denied', accounts: [] })], 'undecided'],
  ['one account only', [file({ accounts: ['a'] })], 'not_applicable'],
  ['no file', [], 'not_applicable'],
] as const)('%s', (_, files, outcome) => {
  expect(judge(...files).outcome).toBe(outcome);
});

test('shared passwords are counted, not shown', () => {
  expect(evidenceLines(judge(file({ shared: [['a', 'b']] })))).toEqual([
    'passwords of /etc/patroni/patroni.yml that serve several accounts=1',
  ]);
});
