import { expect, test } from 'vitest';
import { parseServerConfig } from './server-config.ts';

test('settings are read with and without quotes and equals signs, and comments are none', () => {
  const text = [
    "# ssl_key_file = 'old.key'",
    "ssl_key_file = '/pg/cert/server.key' # the key",
    'PORT 5433',
    "log_line_prefix='it''s %m '",
    "include 'other.conf'",
    'empty = ',
  ].join('\n');
  expect(Object.fromEntries(parseServerConfig(text))).toEqual({
    ssl_key_file: '/pg/cert/server.key',
    port: '5433',
    log_line_prefix: "it's %m ",
    include: 'other.conf',
  });
});
