import { expect, test } from 'vitest';
import { judgeNode, type NodeFacts } from '../node.fixture.ts';
import { nodeSshHardened } from './node-ssh-hardened.ts';

const settings = (changes: Readonly<Record<string, string>>): Partial<NodeFacts> => ({
  'node.ssh-server': {
    isInstalled: true,
    settings: {
      permitrootlogin: 'no',
      passwordauthentication: 'no',
      maxauthtries: '4',
      clientaliveinterval: '300',
      clientalivecountmax: '2',
      ...changes,
    },
  },
});

test.each<readonly [string, string, Partial<NodeFacts>]>([
  ['hardened', 'pass', {}],
  ['weak: root with a password', 'fail', settings({ permitrootlogin: 'yes', passwordauthentication: 'yes' })],
  ['root with a key', 'warn', settings({ permitrootlogin: 'yes' })],
  ['a password alone', 'warn', settings({ passwordauthentication: 'yes' })],
  [
    'a password as second factor',
    'pass',
    settings({ passwordauthentication: 'yes', authenticationmethods: 'publickey,password' }),
  ],
  ['empty passwords', 'fail', settings({ permitemptypasswords: 'yes' })],
  ['many attempts', 'warn', settings({ maxauthtries: '6' })],
  ['no idle limit', 'warn', settings({ clientaliveinterval: '0' })],
  ['no SSH server', 'not_applicable', { 'node.ssh-server': { isInstalled: false } }],
  [
    'it told nothing',
    'undecided',
    { 'node.ssh-server': { isInstalled: true, settings: { maxauthtries: '4', clientaliveinterval: '300' } } },
  ],
])('%s: %s', (_, outcome, changes) => {
  const verdict = judgeNode(nodeSshHardened, changes);
  expect(verdict.outcome).toBe(outcome);
  for (const item of verdict.evidence) expect(item.actual).not.toContain('undefined');
});
