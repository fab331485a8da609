import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPassword } from './passfile.ts';

const query = { hosts: ['h'], port: 5432, database: 'db', user: 'u' };

function escape(text: string): string {
  return text.replaceAll(/[\\:]/g, String.raw`\$&`);
}

describe('findPassword', () => {
  test.each([
    ['h:5432:db:u:pw', 'pw'],
    ['*:*:*:*:any', 'any'],
    ['other:5432:db:u:no\nh:*:db:u:second', 'second'],
    ['#h:5432:db:u:comment\nh:5432:db:u:pw', 'pw'],
    [String.raw`h:5432:db:u:a\:b\\c`, String.raw`a:b\c`],
    ['h:5432:db:u:with:colon', 'with:colon'],
    ['h:5432:db:u:trailing space ', 'trailing space '],
    ['h:5432:db:u:pw\r\n', 'pw'],
    ['h:5433:db:u:pw', undefined],
    ['h:5432:db:u', undefined],
    ['h:5432:db:u:', undefined],
    ['', undefined],
  ])('%j', (text, password) => {
    expect(findPassword(text, query)).toBe(password);
  });

  test('fields may hold escaped colons', () => {
    const ipv6 = { ...query, hosts: ['::1'], database: 'a:b' };
    expect(findPassword(String.raw`\:\:1:5432:a\:b:u:pw`, ipv6)).toBe('pw');
  });

  test('an escaped asterisk is no wildcard', () => {
    expect(findPassword(String.raw`h:5432:\*:u:pw`, query)).toBeUndefined();
    expect(findPassword(String.raw`h:5432:\*:u:pw`, { ...query, database: '*' })).toBe('pw');
  });

  test('whatever is written escaped is found again', () => {
    const field = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(field, field, field, field, (host, database, user, password) => {
        fc.pre(!host.startsWith('#') && ![host, database, user].includes('*'));
        const line = [host, '5432', database, user, password].map(escape).join(':');
        expect(findPassword(line, { hosts: [host], port: 5432, database, user })).toBe(password);
      }),
    );
  });
});
