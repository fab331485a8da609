import { expect, it } from 'vitest';
import { observed, snapshotOf, unavailable } from '../snapshot.fixture.ts';
import { reconcile } from './reconcile.ts';

const sender = (applicationName: string, over = {}) => ({
  applicationName,
  clientAddress: '127.0.0.1',
  state: 'streaming',
  logical: false,
  ...over,
});

it('finds nothing to say about a cluster that is as declared', () => {
  const snapshot = snapshotOf(
    ['pg-test-1', 'pg-test-2'],
    [
      observed('pg.replication', 'pg-test-1', [sender('pg-test-2')]),
      observed('pg.replication', 'pg-test-2', []),
      observed('pg.server', 'pg-test-1', { inRecovery: false }),
      observed('pg.server', 'pg-test-2', { inRecovery: true }),
    ],
  );
  expect(reconcile(snapshot)).toEqual({
    answering: ['pg-test-1', 'pg-test-2'],
    silent: [],
    unseen: [],
    undeclared: [],
    unlisted: [],
  });
});

it('names standbys that stream and are not declared, and leaves subscribers and base backups out', () => {
  const senders = [
    sender('pg-test-2'),
    sender('dr-site'),
    sender('app_sub', { logical: true }),
    sender('pg_basebackup', { state: 'backup' }),
    sender('walreceiver', { clientAddress: null }),
  ];
  const snapshot = snapshotOf(['pg-test-1', 'pg-test-2'], [observed('pg.replication', 'pg-test-1', senders)]);
  expect(reconcile(snapshot)).toMatchObject({
    undeclared: [
      { name: 'dr-site', address: '127.0.0.1', from: 'pg-test-1' },
      { name: 'walreceiver', address: 'local', from: 'pg-test-1' },
    ],
    silent: ['pg-test-2'],
    unlisted: ['pg-test-2'],
  });
});

it('names a standby that nobody sends to', () => {
  const snapshot = snapshotOf(
    ['pg-test-1', 'pg-test-2'],
    [
      observed('pg.replication', 'pg-test-1', []),
      observed('pg.replication', 'pg-test-2', []),
      observed('pg.server', 'pg-test-2', { inRecovery: true }),
    ],
  );
  expect(reconcile(snapshot).unseen).toEqual(['pg-test-2']);
});

it('does not call a cluster complete when the list of standbys cannot be read', () => {
  const denied = unavailable('pg.replication', 'pg-test-1', 'permission_denied', 'no');
  expect(reconcile(snapshotOf(['pg-test-1'], [denied]))).toMatchObject({
    unlisted: ['pg-test-1'],
    silent: ['pg-test-1'],
  });
});

const member = (number: number) => ({ name: `pg-test-${number}`, host: `10.0.0.${number}`, port: 5432, role: null });

it('tells what Patroni says otherwise, and nothing in evidence that did not ask', () => {
  const source = {
    from: 'patroni',
    place: 'http://10.0.0.1:8008',
    command: 'curl',
    printed: '',
    members: { status: 'ok', list: [member(1), member(2)] },
    notes: [],
  };
  const value = { declared: [member(1)], sources: [source], standbyCluster: { is: false, says: 'patroni' } };
  const snapshot = snapshotOf(['pg-test-1'], [observed('cluster.inventory', 'pg-test', value)]);
  expect(reconcile(snapshot).differences).toMatchObject([
    { en: 'patroni knows pg-test-2 (10.0.0.2), which is not declared' },
  ]);
  expect(reconcile(snapshotOf(['pg-test-1'], [])).differences).toBeUndefined();
});
