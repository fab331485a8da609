import { describe, expect, test } from 'vitest';
import { formatListenAddress, parseListenAddress, urlOf } from './address.ts';

describe('parseListenAddress', () => {
  test.each([
    [':9630', { host: '', port: 9630 }],
    ['127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['localhost:9630', { host: 'localhost', port: 9630 }],
    ['[::1]:9630', { host: '::1', port: 9630 }],
    ['[::]:9630', { host: '::', port: 9630 }],
  ])('%s', (text, address) => {
    expect(parseListenAddress(text)).toEqual(address);
    expect(formatListenAddress(address)).toBe(text);
  });

  test.each(['', '9630', 'h', 'h:', 'h:65536', '::1:9630', '[h]:1', '[::1]', 'a b:1', 'http://h:1'])(
    '%j is none',
    (text) => {
      expect(() => parseListenAddress(text)).toThrow('is not a listen address');
    },
  );
});

test('a URL is one that this machine can open', () => {
  expect(urlOf({ host: '', port: 1 })).toBe('http://127.0.0.1:1');
  expect(urlOf({ host: '::', port: 1 })).toBe('http://127.0.0.1:1');
  expect(urlOf({ host: '::1', port: 1 })).toBe('http://[::1]:1');
});
