import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { pgExtensionsCurrent } from './pg-extensions-current.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: forbidden', 'fail', { 'pg.extensions': [{ name: 'adminpack', version: '2.1', availableVersion: '2.1' }] }],
  ['not updated', 'warn', { 'pg.extensions': [{ name: 'pgaudit', version: '16.0', availableVersion: '17.0' }] }],
  ['its files are gone', 'warn', { 'pg.extensions': [{ name: 'pgaudit', version: '16.0', availableVersion: null }] }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(pgExtensionsCurrent, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
