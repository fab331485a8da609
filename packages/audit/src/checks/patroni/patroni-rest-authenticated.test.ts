import { expect, test } from 'vitest';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { patroniRestAuthenticated } from './patroni-rest-authenticated.ts';

const judge = (status: number | null) =>
  patroniRestAuthenticated.evaluate({ 'patroni.exposure': { status } }, {}, seenAt);

test.each([
  ['hardened: a login is asked for', 'pass', 401],
  ['kept out by address', 'pass', 403],
  ['kept out by a client certificate', 'pass', null],
  ['weak: the request itself was looked at', 'fail', 411],
  ['weak, as older versions say it', 'fail', 400],
  ['anything done', 'fail', 200],
  ['a proxy', 'undecided', 502],
  ['no such route', 'undecided', 404],
] as const)('%s: %s', (_, outcome, status) => {
  expect(judge(status).outcome).toBe(outcome);
});

test('the command prints the status, 000 without a connection', () => {
  expect(evidenceLines(judge(null))).toEqual(['status of a change without login and content=000']);
});
