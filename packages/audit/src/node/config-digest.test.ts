import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { secretsInLine } from './config-digest-expression.ts';
import { digestConfig } from './config-digest.ts';

const bySed = (text: string): string =>
  createHash('sha256')
    .update(execFileSync('sed', ['-E', secretsInLine], { input: text }))
    .digest('hex');

test.each([
  ['nothing', ''],
  ['an end without a newline', 'a: b'],
  ['empty lines at the end', 'a: b\n\n\n'],
  ['secrets in YAML', 'restapi:\n  password: "open sesame"\n  Token: x\nttl: 30\n'],
  ['secrets in ini', '[databases]\nx = host=/tmp user=u password=open\n[global]\nrepo1-cipher-pass=open\n'],
  ['secrets in haproxy.cfg', 'listen stats\n  stats auth admin:open\n  user x insecure-password open\n'],
  ['secrets in addresses', 'url: http://a:open@10.0.0.1/x?y=http://b:open@h\n'],
  ['words of other languages', '# пароль 密码: x\npasswd 密\n'],
])('the digest of %s is the one that sed and sha256sum give', (_, text) => {
  expect(digestConfig(text)).toBe(bySed(text));
});

const text = (password: string, ttl: number): string => `restapi:\n  password: ${password}\nttl: ${ttl}\n`;

test('a rotated password is no change, another setting is', () => {
  expect(digestConfig(text('one', 30))).toBe(digestConfig(text('two', 30)));
  expect(digestConfig(text('one', 30))).not.toBe(digestConfig(text('one', 20)));
});
