import { expect, test } from 'vitest';
import { configFact } from '../haproxy.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { haproxyUnprivileged } from './haproxy-unprivileged.ts';

const info = { version: '2.6.12', startedAtSeconds: 1, uptimeSeconds: 1, mostConnections: 1, currentConnections: 1 };
const judge = (text: string) =>
  haproxyUnprivileged.evaluate({ 'haproxy.info': info, 'node.haproxy-config': configFact(text) }, {}, seenAt);

test('an account of its own in a chroot passes', () => {
  const verdict = judge('global\n  user haproxy\n  chroot /var/lib/haproxy\n');
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'global: user, uid, group, gid, chroot=user haproxy\nchroot /var/lib/haproxy',
  ]);
});

test.each([
  ['global\n user root\n chroot /x\n', 'fail'],
  ['global\n uid 0\n chroot /x\n', 'fail'],
  ['global\n chroot /x\n', 'warn'],
  ['global\n user haproxy\n', 'warn'],
])('%j: %s', (text, outcome) => {
  expect(judge(text).outcome).toBe(outcome);
});
