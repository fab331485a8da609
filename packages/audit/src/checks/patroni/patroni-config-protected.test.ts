import { expect, test } from 'vitest';
import { patroniYmlFact } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { patroniConfigProtected } from './patroni-config-protected.ts';

const secret = (published: string | null, at = 'restapi.authentication.password') => ({
  at,
  user: 'postgres',
  published,
  isUser: published === 'same as the user name',
  isScope: false,
});
const judge = (mode: string, ...secrets: readonly ReturnType<typeof secret>[]) =>
  patroniConfigProtected.evaluate({ 'node.patroni-yml': patroniYmlFact({}, { mode, secrets }) }, {}, seenAt);

test.each([
  ['hardened', 'pass', '0600', [secret(null)]],
  ['readable by its group, as Pigsty has it', 'pass', '0640', [secret(null)]],
  ['weak: readable by everybody', 'fail', '0644', [secret(null)]],
  ['writable by its group', 'fail', '0660', [secret(null)]],
  ['weak: the password that Pigsty ships', 'fail', '0600', [secret('pigsty patroni_password')]],
  ['executable', 'warn', '0700', [secret(null)]],
  ['the password of etcd is judged elsewhere', 'pass', '0600', [secret('same as the user name', 'etcd3.password')]],
] as const)('%s: %s', (_, outcome, mode, secrets) => {
  expect(judge(mode, ...secrets).outcome).toBe(outcome);
});

test('the evidence shows no password', () => {
  expect(evidenceLines(judge('0600', secret('same as the user name')))).toEqual([
    'mode and owner of /etc/patroni/patroni.yml=600 postgres postgres',
    'restapi.authentication.password of postgres=same as the user',
  ]);
});
