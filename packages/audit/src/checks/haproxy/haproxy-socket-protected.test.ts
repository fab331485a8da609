import { expect, test } from 'vitest';
import { configFact, globalText, healthyConfig } from '../haproxy.fixture.ts';
import { seenAt } from '../settings.fixture.ts';
import { haproxySocketProtected } from './haproxy-socket-protected.ts';

const info = { version: '2.6.12', startedAtSeconds: 1, uptimeSeconds: 1, mostConnections: 1, currentConnections: 1 };
const judge = (config: ReturnType<typeof configFact> | null) =>
  haproxySocketProtected.evaluate({ 'haproxy.info': info, 'node.haproxy-config': config }, {}, seenAt);
const withSocket = (words: string) => configFact(`global\n stats socket ${words}\n`);

test('mode 600 and a file of mode 640 pass', () => {
  expect(judge(healthyConfig).outcome).toBe('pass');
});

test.each([
  ['a socket that everybody may write', withSocket('/run/x mode 666 level admin'), 'fail'],
  ['a socket on the network', withSocket('ipv4@0.0.0.0:9999 level admin'), 'fail'],
  ['a socket that only shows', withSocket('/run/x mode 666 level user'), 'warn'],
  ['a file that everybody may read', configFact(globalText, { mode: '0644' }), 'warn'],
  [
    'a file with a password that everybody may read',
    configFact(`${globalText}listen a\n stats auth a:b\n`, { mode: '0644' }),
    'fail',
  ],
  ['a file that everybody may write', configFact(globalText, { mode: '0666' }), 'fail'],
  ['no file', null, 'undecided'],
] as const)('%s: %s', (_what, config, outcome) => {
  expect(judge(config).outcome).toBe(outcome);
});
