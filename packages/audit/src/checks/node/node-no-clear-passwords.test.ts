import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { nodeNoClearPasswords as check } from './node-no-clear-passwords.ts';

type Seen = FactMap['node.clear-passwords'];
const file = (changes: Partial<Seen['files'][number]> = {}): Seen['files'][number] => ({
  path: '/root/.profile',
  state: 'present',
  mode: '0644',
  owner: 'root',
  lines: 0,
  ...changes,
});
const judge = (changes: Partial<Seen> = {}) =>
  check.evaluate(
    { 'node.clear-passwords': { arguments: [], environments: [], unreadable: 0, files: [file()], ...changes } },
    {},
    seenAt,
  );

test.each([
  ['nothing', {}, 'pass'],
  ['an argument', { arguments: ['backup.sh'] }, 'fail'],
  ['an environment', { environments: ['shop'] }, 'warn'],
  ['a profile that all may read', { files: [file({ lines: 1 })] }, 'fail'],
  ['a profile of its owner alone', { files: [file({ lines: 1, mode: '0600' })] }, 'warn'],
  ['environments that are hidden', { unreadable: 3 }, 'undecided'],
  ['a schedule that is hidden', { files: [{ path: '/var/spool/cron/root', state: 'denied' }] }, 'undecided'],
] as const)('%s', (_, changes, outcome) => {
  expect(judge(changes).outcome).toBe(outcome);
});

test('programs and files are named, passwords never', () => {
  expect(evidenceLines(judge({ arguments: ['backup.sh'] }))).toEqual(['arguments with a password=backup.sh']);
  expect(evidenceLines(judge()).at(-1)).toBe('lines of /root/.profile that look like passwords=0');
});
