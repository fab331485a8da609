import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt } from '../settings.fixture.ts';
import { clusterSameVersion } from './cluster-same-version.ts';

interface Node {
  readonly version?: readonly [string, number];
  readonly extensions?: FactMap['pg.extensions'];
  readonly libc?: string;
}
const judge = (...nodes: readonly Node[]) => {
  const facts = <T>(pick: (node: Node) => T) =>
    new Map(nodes.map((node, index) => [`pg-test-${index + 1}`, ok(pick(node))]));
  return clusterSameVersion.evaluate(
    {
      'pg.server': facts(({ version: [version, versionNum] = ['18.4', 180004] }) =>
        serverFact({ version, versionNum }),
      ),
      'pg.extensions': facts(({ extensions = [] }) => extensions),
      'pg.collations': facts(({ libc = '2.36' }) => ({
        databases: [{ database: 'shop', provider: 'c', recorded: '2.36', actual: libc }],
        changed: [],
      })),
    },
    {},
    seenAt,
  );
};
const trigrams = (availableVersion: string | null) => [{ name: 'pg_trgm', version: '1.6', availableVersion }];

test('hardened: everything is the same', () => {
  const verdict = judge({ extensions: trigrams('1.6') }, { extensions: trigrams('1.6') });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict).slice(0, 2)).toEqual([
    'pg-test-1 version=18.4',
    'pg-test-1 extensions of the connected database and the version this node has files for=pg_trgm|1.6',
  ]);
});

test.each([
  ['weak: a member was not updated', 'warn', { version: ['18.3', 180003] }, {}],
  ['another major version', 'fail', { version: ['17.6', 170006] }, {}],
  ['a node without the files of an extension', 'fail', { extensions: trigrams(null) }, { extensions: trigrams('1.6') }],
  ['another package version of an extension', 'fail', { extensions: trigrams('1.5') }, { extensions: trigrams('1.6') }],
  ['another C library', 'warn', { libc: '2.41' }, {}],
] as const)('%s: %s', (_, outcome, first, second) => {
  expect(judge(first, second).outcome).toBe(outcome);
});

test('one member has no one to compare with', () => {
  expect(judge({}).outcome).toBe('not_applicable');
});
