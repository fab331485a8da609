import { expect, test } from 'vitest';
import { etcdConfigFact } from '../etcd.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { etcdLogging } from './etcd-logging.ts';

const judge = (settings: Readonly<Record<string, string>> | null) =>
  etcdLogging.evaluate({ 'node.etcd-config': settings === null ? null : etcdConfigFact(settings) }, {}, seenAt);

test.each([
  ['hardened', 'pass', { 'log-level': 'info', 'log-outputs': '["stderr"]' }],
  ['the defaults', 'pass', {}],
  ['weak: errors alone', 'warn', { 'log-level': 'error' }],
  ['thrown away', 'warn', { 'log-outputs': '["/dev/null"]' }],
  ['a node without etcd', 'not_applicable', null],
] as const)('%s: %s', (_, outcome, settings) => {
  expect(judge(settings).outcome).toBe(outcome);
});
