import { expect, test } from 'vitest';
import { checkShowCommand } from './show-command.ts';

test.each([
  ['SHOW POOLS', 'SHOW POOLS'],
  [' show  stats_totals ; ', 'SHOW STATS_TOTALS'],
  ['SHOW LISTS;', 'SHOW LISTS'],
])('%j is sent as %j', (text, sent) => {
  expect(checkShowCommand(text)).toBe(sent);
});

test.each([
  '',
  ';',
  '-- ping',
  'SELECT 1',
  'PAUSE',
  'SHOW',
  'SHOW POOLS; PAUSE',
  'SHOW POOLS\nRELOAD',
  'SHOW POOLS -- x',
  'SET max_client_conn = 1',
  'SHOW FDS',
  'show fds;',
  'SHUTDOWN',
  'KILL app',
])('%j is never sent', (text) => {
  expect(() => checkShowCommand(text)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
});
