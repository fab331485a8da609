import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactSecrets } from './redact.ts';

test.each([
  ['postgres://u:pw@h/db', 'postgres://u:***@h/db'],
  ['at postgresql://u:p%40w@h:5432/db?sslmode=require', 'at postgresql://u:***@h:5432/db?sslmode=require'],
  ['postgres://u:a@b@h/db', 'postgres://u:***@h/db'],
  ['postgres://u:a/b@h/db', 'postgres://u:***@h/db'],
  ['postgres://h/db?user=u&password=pw&sslmode=require', 'postgres://h/db?user=u&password=***&sslmode=require'],
  ["host=h password='p w' user=u", 'host=h password=*** user=u'],
  [String.raw`host=h password='p\'w' user=u`, 'host=h password=*** user=u'],
  ['PGPASSWORD=pw psql', 'PGPASSWORD=*** psql'],
  ['{"password":"pw","n":1}', '{"password":"***","n":1}'],
  ['{"a":"postgres://u:pw@h","b":"x@y"}', '{"a":"postgres://u:***@h","b":"x@y"}'],
  ['http://127.0.0.1:9630/metrics', 'http://127.0.0.1:9630/metrics'],
  ['postgres://u@h/db', 'postgres://u@h/db'],
  ['password authentication failed for user "u"', 'password authentication failed for user "u"'],
])('%s', (text, redacted) => {
  expect(redactSecrets(text)).toBe(redacted);
});

test('a password in either form of a connection string never survives', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z]{12}$/), fc.stringMatching(/^[A-Za-z0-9_]{1,8}$/), (password, user) => {
      fc.pre(!user.includes(password));
      for (const dsn of [`postgres://${user}:${password}@h/db`, `host=h user=${user} password=${password}`]) {
        expect(redactSecrets(`cannot use ${dsn}`)).not.toContain(password);
        expect(redactSecrets(JSON.stringify({ dsn }))).not.toContain(password);
      }
    }),
  );
});
