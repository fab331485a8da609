import { expect, test } from 'vitest';
import { patroniYmlFact } from '../patroni.fixture.ts';
import { evidenceLines, seenAt } from '../settings.fixture.ts';
import { patroniEtcdLogin } from './patroni-etcd-login.ts';

const judge = (
  username: string | undefined,
  secret?: { readonly published: string | null; readonly isScope: boolean },
) =>
  patroniEtcdLogin.evaluate(
    {
      'node.patroni-yml': patroniYmlFact(
        { scope: 'pg-test', etcd3: username === undefined ? {} : { username } },
        {
          secrets:
            secret === undefined
              ? []
              : [
                  {
                    at: 'etcd3.password',
                    user: username ?? '',
                    isUser: secret.published !== null && secret.isScope,
                    ...secret,
                  },
                ],
        },
      ),
    },
    {},
    seenAt,
  );
const own = { published: null, isScope: false };

test.each([
  ['hardened', 'pass', 'pg-test', own],
  ['weak: the name of the cluster, as Pigsty has it', 'fail', 'patroni', { published: null, isScope: true }],
  ['weak: the name of the user', 'fail', 'pg-test', { published: 'same as the user name', isScope: true }],
  ['a published one', 'fail', 'pg-test', { published: 'pigsty etcd_root_password', isScope: false }],
  ['root', 'fail', 'root', own],
  ['no login', 'warn', undefined, undefined],
] as const)('%s: %s', (_, outcome, user, secret) => {
  expect(judge(user, secret).outcome).toBe(outcome);
});

test('another store than etcd is none of its business', () => {
  const facts = { 'node.patroni-yml': patroniYmlFact({ consul: {} }) };
  expect(patroniEtcdLogin.evaluate(facts, {}, seenAt).outcome).toBe('not_applicable');
});

test('the evidence shows no password', () => {
  expect(evidenceLines(judge('pg-test', own))).toEqual([
    'etcd3.username="pg-test"',
    'etcd3.password of pg-test=of its own',
  ]);
});
