import { expect, test } from 'vitest';
import { withoutName } from './same-reason.ts';

const message = (host: string) => `cannot collect node.time on ${host}.node: no such file '/nodes/${host}.json'`;

test('what one missing file says of two hosts is the same but for their names', () => {
  expect(withoutName(message('etcd-1'), 'etcd-1.node')).toBe(withoutName(message('mon'), 'mon.node'));
  expect(withoutName(message('etcd-1'), 'etcd-1.node')).toContain('node.time on …:');
});

test('an object without a component has one name', () => {
  expect(withoutName('pg-1 is unreachable', 'pg-1')).toBe('… is unreachable');
});
