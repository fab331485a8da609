import { expect, test } from 'vitest';
import { hardenedNode, judgeNode, type NodeFacts } from '../node.fixture.ts';
import { serverFact } from '../server.fixture.ts';
import { nodeRunningVersionInstalled } from './node-running-version-installed.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: installed and not restarted', 'warn', { 'pg.server': serverFact({ version: '17.10', versionNum: 170010 }) }],
  ['another major version', 'not_applicable', { 'pg.server': serverFact({ version: '16.15', versionNum: 160015 }) }],
  ['not from a package', 'not_applicable', { 'node.packages': { ...hardenedNode['node.packages'], components: {} } }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeRunningVersionInstalled, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
