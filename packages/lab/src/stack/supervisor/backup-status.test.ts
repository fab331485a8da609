import { expect, test } from 'vitest';
import { parseInfo } from './backup-status.ts';

const info = [
  {
    name: 'pg-test',
    repo: [
      { key: 1, cipher: 'none', status: { code: 0, message: 'ok' } },
      { key: 2, cipher: 'aes-256-cbc', status: { code: 2, message: 'no valid backups' } },
    ],
    backup: [
      { label: '20261122-001936F', database: { id: 1, 'repo-key': 1 } },
      { label: '20261122-002036F', database: { id: 1, 'repo-key': 1 } },
    ],
  },
];

test('every repository has its own state, newest backup and count', () => {
  expect(parseInfo(JSON.stringify(info), 'pg-test')).toEqual([
    { repository: 1, state: 'ok', text: 'ok', newest: '20261122-002036F', count: 2 },
    { repository: 2, state: 'problem', text: 'no valid backups', newest: undefined, count: 0 },
  ]);
});

test.each([
  ['[]', 'knows no stanza pg-test'],
  ['[{"name":"[invalid]"}]', 'knows no stanza pg-test'],
  ['ERROR: [055]', 'not JSON'],
])('%s is unknown, never well', (text, words) => {
  const [status] = parseInfo(text, 'pg-test');
  expect(status?.state).toBe('unknown');
  expect(status?.text).toContain(words);
});
