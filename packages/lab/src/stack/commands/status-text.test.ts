import { expect, test } from 'vitest';
import type { LabStatus } from '../lab-status.ts';
import { completeOptions } from '../lab-options.ts';
import { isHealthy, renderStatus } from './status-text.ts';

const member = {
  cluster: 'pg-test',
  reason: undefined,
  timeline: 1,
  lsn: '0/5000000',
  lagBytes: undefined,
  patroniState: 'running',
} as const;
const healthy: LabStatus = {
  schemaVersion: 1,
  name: 'lab',
  directory: '/tmp/pgattest-lab-0/lab',
  state: 'up',
  startedAt: '2026-11-22T00:00:00.000Z',
  options: completeOptions({}),
  daemons: [
    { id: 'etcd@etcd-1', host: 'etcd-1', component: 'etcd', state: 'running', pid: 30, ready: true, reason: undefined },
  ],
  members: [
    { ...member, name: 'pg-test-1', address: '198.51.100.11', role: 'primary', patroniRole: 'master' },
    { ...member, name: 'pg-test-2', address: '198.51.100.12', role: 'standby', patroniRole: 'replica', lagBytes: 0 },
  ],
  primary: { bySql: ['pg-test-1'], byPatroni: ['pg-test-1'] },
  backups: [{ repository: 1, state: 'ok', text: 'ok', newest: '20261122-000000F', count: 1 }],
  faults: [],
};

test('a healthy lab says so in a few lines', () => {
  expect(isHealthy(healthy)).toBe(true);
  expect(renderStatus(healthy)).toMatchInlineSnapshot(`
    "lab lab: up since 2026-11-22T00:00:00.000Z, namespaces, /tmp/pgattest-lab-0/lab
    pg-test: PostgreSQL 15, 3 nodes, oltp, plan norm, failsafe on
    primary by SQL: pg-test-1; by Patroni: pg-test-1

    MEMBER     ADDRESS        ROLE     TIMELINE   POSITION  LAG  PATRONI
    pg-test-1  198.51.100.11  primary         1  0/5000000    -  master running
    pg-test-2  198.51.100.12  standby         1  0/5000000  0 B  replica running

    PROCESS      STATE    PID  READY
    etcd@etcd-1  running  30   yes

    backup repository 1: ok, 1 backup, newest 20261122-000000F

    broken on purpose: nothing
    "
  `);
});

test.each<readonly [string, Partial<LabStatus>, string]>([
  ['a split brain', { primary: { bySql: ['pg-test-1', 'pg-test-2'], byPatroni: ['pg-test-2'] } }, 'SPLIT BRAIN'],
  ['no primary', { primary: { bySql: [], byPatroni: [] } }, 'primary by SQL: none; by Patroni: none'],
  ['a disagreement', { primary: { bySql: ['pg-test-1'], byPatroni: ['pg-test-2'] } }, 'by Patroni: pg-test-2'],
  [
    'a dead process',
    {
      daemons: [
        {
          id: 'etcd@etcd-1',
          host: 'etcd-1',
          component: 'etcd',
          state: 'ended',
          pid: undefined,
          ready: false,
          reason: 'ended with SIGKILL',
        },
      ],
    },
    'no: ended with SIGKILL',
  ],
  [
    'a member that does not answer',
    {
      members: [
        {
          ...member,
          name: 'pg-test-1',
          address: '198.51.100.11',
          role: 'unknown',
          reason: 'no end within 5 s',
          timeline: undefined,
          lsn: undefined,
          patroniRole: undefined,
          patroniState: undefined,
        },
      ],
    },
    'unknown: no end within 5 s',
  ],
  [
    'an unknown backup',
    { backups: [{ repository: 0, state: 'unknown', text: 'pgbackrest info failed', newest: undefined, count: 0 }] },
    'backup: unknown: pgbackrest info failed',
  ],
  [
    'a fault',
    { faults: [{ id: 'etcd-gone', title: 'etcd is gone', target: undefined, since: '2026-11-22T00:01:00.000Z' }] },
    'etcd-gone since 2026-11-22T00:01:00.000Z: etcd is gone',
  ],
  ['a start that goes on', { state: 'starting' }, 'lab lab: starting'],
])('%s is not healthy, and says why', (_, change, words) => {
  const status = { ...healthy, ...change };
  expect(isHealthy(status)).toBe(false);
  expect(renderStatus(status)).toContain(words);
});
