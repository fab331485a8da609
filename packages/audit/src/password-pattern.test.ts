import { expect, test } from 'vitest';
import { passwordPattern } from './password-pattern.ts';

const looksLikePassword = (text: string): boolean => new RegExp(passwordPattern, 'iu').test(text);

test.each([
  'host=db user=r password=x',
  `host=db password = 'a b'`,
  'sslpassword=x',
  'PGPASSWORD=x pg_receivewal',
  'postgres://u:secret@db/app',
  'cp %p /x --password: x',
  'app.db_password=x',
])('%j holds one', (text) => {
  expect(looksLikePassword(text)).toBe(true);
});

test.each([
  'host=db user=r passfile=/pg/.pgpass',
  'pgbackrest --stanza=main archive-push %p',
  'postgres://u@db:5432/app',
  'password_encryption',
  'scram-sha-256',
  'https://example.org/a?x=1',
])('%j holds none', (text) => {
  expect(looksLikePassword(text)).toBe(false);
});
