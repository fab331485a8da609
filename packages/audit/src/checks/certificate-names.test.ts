import { expect, test } from 'vitest';
import { namesHost } from './certificate-names.ts';

test.each([
  [['DNS:pg-test-1', 'IP Address:10.0.0.1'], '10.0.0.1', true],
  [['DNS:pg-test-1', 'IP Address:10.0.0.1'], 'PG-test-1', true],
  [['DNS:pg-test-1'], '10.0.0.1', false],
  [['DNS:*.db.test'], 'one.db.test', true],
  [['DNS:*.db.test'], 'two.one.db.test', false],
  [['DNS:*.db.test'], 'db.test', false],
  [['IP Address:FD00:0:0:0:0:0:0:1'], 'fd00::1', true],
  [[], 'pg-test-9', true],
  [['DNS:other'], 'pg-test-9', false],
  [['DNS:10.0.0.1'], '10.0.0.1', false],
] as const)('%j names %s: %s', (san, host, isNamed) => {
  expect(namesHost({ san, subject: 'O=test, CN=pg-test-9' }, host)).toBe(isNamed);
});
