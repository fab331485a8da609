import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { settingsFact } from '../settings.fixture.ts';
import { pgMinorCurrent } from './pg-minor-current.ts';

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: flaws of this year', 'fail', { 'pg.settings': settingsFact({ server_version_num: '170007' }) }],
  ['a major version without fixes', 'fail', { 'pg.settings': settingsFact({ server_version_num: '120022' }) }],
  ['mended, but behind', 'warn', { 'pg.settings': settingsFact({ server_version_num: '150019' }) }],
  ['the last one whose number is known', 'warn', { 'pg.settings': settingsFact({ server_version_num: '170011' }) }],
  ['newer than the table', 'warn', { 'pg.settings': settingsFact({ server_version_num: '190001' }) }],
  ['a later minor than the table knows', 'pass', { 'pg.settings': settingsFact({ server_version_num: '170012' }) }],
  ['no version', 'undecided', { 'pg.settings': settingsFact({ server_version_num: '' }) }],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(pgMinorCurrent, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
