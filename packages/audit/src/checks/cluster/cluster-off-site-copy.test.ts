import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import { senderFact, serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, unreachable } from '../settings.fixture.ts';
import { clusterOffSiteCopy } from './cluster-off-site-copy.ts';

type Sender = FactMap['pg.replication'][number];
type Config = Extract<FactMap['node.pgbackrest-config'], { readonly isConfigured: true }>;
const repo2: Config = {
  isConfigured: true,
  path: '/etc/pgbackrest/pgbackrest.conf',
  mode: '0640',
  owner: 'postgres',
  stanza: 'pg-test',
  stanzas: ['pg-test'],
  repositories: [
    {
      key: 2,
      type: 's3',
      path: '/pgbackrest',
      place: 's3.west',
      cipherType: 'aes-256-cbc',
      publishedCipherPass: null,
      publishedAccessSecret: null,
      verifiesTls: true,
      retentionFullType: 'count',
      retentionFull: 2,
      folder: null,
    },
  ],
  isArchiveAsync: true,
  queueMaxBytes: null,
  checksPages: true,
};
const east = { 'pg-test-1': 'east', 'pg-test-2': 'east' };

const judge = (
  sites: object,
  {
    senders = [senderFact()],
    lastArchivedAt = '2026-11-21T11:58:00Z',
    hasPrimary = true,
    seesRepositories = true,
  }: {
    readonly senders?: readonly Sender[];
    readonly lastArchivedAt?: string | null;
    readonly hasPrimary?: boolean;
    readonly seesRepositories?: boolean;
  } = {},
) =>
  clusterOffSiteCopy.evaluate(
    {
      'pg.server': new Map([['pg-test-1', ok(serverFact({ inRecovery: !hasPrimary }))]]),
      'pg.replication': new Map([['pg-test-1', ok(senders)]]),
      'pg.archiver': new Map([
        [
          'pg-test-1',
          ok({
            archivedCount: '9',
            lastArchivedWal: null,
            lastArchivedAt,
            failedCount: '0',
            lastFailedWal: null,
            lastFailedAt: null,
            readyCount: 0,
            inRecovery: false,
          }),
        ],
      ]),
      'node.pgbackrest-config': new Map([['pg-test-1.node', seesRepositories ? ok(repo2) : unreachable]]),
    },
    { ...clusterOffSiteCopy.params, sites },
    seenAt,
  );
const far = senderFact({ applicationName: 'pg-dr-1' });

test('hardened: a receiver at another site streams', () => {
  const verdict = judge({ ...east, 'pg-dr-1': 'west' }, { senders: [senderFact(), far] });
  expect(verdict.outcome).toBe('pass');
  expect(evidenceLines(verdict)).toEqual([
    'pg-test-1 receivers of WAL and their state=pg-dr-1|streaming\npg-test-2|streaming',
  ]);
});

test('hardened: WAL is archived at another site every few minutes', () => {
  expect(judge({ ...east, repo2: 'west' }).outcome).toBe('pass');
});

test.each<readonly [string, object, Parameters<typeof judge>[1], string]>([
  ['everything at one site', { ...east, repo2: 'east' }, {}, 'fail'],
  ['an archive that is an hour behind', { ...east, repo2: 'west' }, { lastArchivedAt: '2026-11-21T11:00:00Z' }, 'warn'],
  ['an archive that was never written', { ...east, repo2: 'west' }, { lastArchivedAt: null }, 'warn'],
  [
    'a receiver that does not keep up',
    { ...east, 'pg-dr-1': 'west' },
    { senders: [senderFact(), senderFact({ applicationName: 'pg-dr-1', flushLagBytes: 1_000_000_000 })] },
    'fail',
  ],
  [
    'a receiver that catches up',
    { ...east, 'pg-dr-1': 'west' },
    { senders: [senderFact({ applicationName: 'pg-dr-1', state: 'catchup' })] },
    'fail',
  ],
])('weak: %s', (_, sites, state, outcome) => {
  expect(judge(sites, state).outcome).toBe(outcome);
});

test('where the copies are is for the operator to say', () => {
  expect(judge({}).outcome).toBe('manual');
  expect(judge(east, { senders: [senderFact(), far] }).outcome).toBe('manual');
});

test('a subscriber and a base backup are no copies', () => {
  const sites = { ...east, 'pg-dr-1': 'west' };
  expect(judge(sites, { senders: [senderFact({ applicationName: 'pg-dr-1', logical: true })] }).outcome).toBe('fail');
  expect(judge(sites, { senders: [senderFact({ applicationName: 'pg-dr-1', state: 'backup' })] }).outcome).toBe('fail');
});

test('without the primary nothing is said', () => {
  expect(judge(east, { hasPrimary: false }).outcome).toBe('undecided');
});
