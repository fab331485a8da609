import { expect, test } from 'vitest';
import type { ChangeRecord } from '../../changes/change-record.ts';
import { itemsOf } from '../../changes/tracked-items.ts';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { serverFact } from '../server.fixture.ts';
import { evidenceLines, ok, seenAt, settingsFact, unreachable } from '../settings.fixture.ts';
import { clusterChangesApproved } from './cluster-changes-approved.ts';

const settings = (values: Readonly<Record<string, string>> = {}) =>
  settingsFact({ ssl: 'on', work_mem: '4096', primary_conninfo: '***', ...values });
const roles = (superuser = false): FactMap['pg.roles'] => ({
  roles: [
    {
      name: 'app',
      isBootstrap: false,
      superuser,
      createRole: false,
      createDb: false,
      canLogin: true,
      replication: false,
      bypassRls: false,
      connectionLimit: -1,
      validUntil: null,
    },
  ],
  memberships: [{ role: 'pg_monitor', member: 'app' }],
  settings: [],
  parameterGrants: [],
});
const before: FactMap['records.previous-run'] = {
  runId: '20261120T120000Z-1a2b3c4d',
  finishedAt: '2026-11-20T12:00:00.000Z',
  digest: 'a'.repeat(64),
  items: {
    'pg.server': { 'pg-test-1': itemsOf('pg.server', serverFact()) },
    'pg.settings': { 'pg-test-1': itemsOf('pg.settings', settings()) },
    'pg.roles': { 'pg-test-1': itemsOf('pg.roles', roles()) },
    'patroni.config': { 'pg-test-1.patroni': { ttl: '30' }, 'pg-test-2.patroni': { ttl: '30' } },
  },
};
const record = (changes: Partial<ChangeRecord> = {}): ChangeRecord => ({
  id: 'CHG-7',
  status: 'approved',
  approvedBy: 'cab',
  from: '2026-11-21',
  until: '2026-11-21T23:59:59.999Z',
  subjects: ['pg-test-*'],
  facts: [],
  ...changes,
});

const judge = ({
  previous = before,
  records = [],
  hasFile = true,
  now = ok(settings()),
  users = roles(),
  ttl = '30',
}: {
  readonly previous?: FactMap['records.previous-run'];
  readonly records?: readonly ChangeRecord[];
  readonly hasFile?: boolean;
  readonly now?: Observation<FactMap['pg.settings']>;
  readonly users?: FactMap['pg.roles'];
  readonly ttl?: string;
} = {}) =>
  clusterChangesApproved.evaluate(
    {
      'records.previous-run': new Map([['pg-test.records', ok(previous)]]),
      'records.change-records': new Map([
        ['pg-test.records', ok({ file: hasFile ? { sha256: 'b'.repeat(64) } : null, records })],
      ]),
      'pg.server': new Map([['pg-test-1', ok(serverFact())]]),
      'pg.settings': new Map([['pg-test-1', now]]),
      'pg.roles': new Map([['pg-test-1', ok(users)]]),
      'pg.extensions': new Map(),
      'pg.hba': new Map(),
      'pg.tls-endpoint': new Map(),
      'patroni.config': new Map(['pg-test-1.patroni', 'pg-test-2.patroni'].map((id) => [id, ok({ ttl: Number(ttl) })])),
      'node.firewall': new Map(),
      'node.digests': new Map(),
    },
    clusterChangesApproved.params,
    seenAt,
  );
const sslOff = ok(settings({ ssl: 'off' }));

test('hardened: nothing changed', () => {
  expect(judge().outcome).toBe('pass');
  expect(judge({ hasFile: false }).outcome).toBe('pass');
});

test('hardened: what changed was approved for that subject, fact and time', () => {
  const verdict = judge({ now: sslOff, records: [record({ facts: ['pg.settings'] })] });
  expect(verdict.outcome).toBe('pass');
  expect(verdict.reason.en).toContain('1 changes, all of them approved');
});

test.each<readonly [string, readonly ChangeRecord[]]>([
  ['without any record', []],
  ['of another cluster', [record({ subjects: ['pg-other-*'] })]],
  ['of another fact', [record({ facts: ['pg.hba'] })]],
  ['of last week', [record({ from: '2026-11-10', until: '2026-11-11T00:00:00Z' })]],
  ['of next week', [record({ from: '2026-11-28', until: '2026-11-29T00:00:00Z' })]],
])('weak: TLS was switched off, %s', (_, records) => {
  const verdict = judge({ now: sslOff, records });
  expect(verdict.outcome).toBe('fail');
  expect(verdict.reason.en).toBe('without a change record: ssl of pg-test-1 (pg.settings)');
  expect(evidenceLines(verdict)).toContain('pg-test-1 ssl=off');
});

test('a role that became superuser is a change, and so is one that went', () => {
  expect(judge({ users: roles(true) }).reason.en).toContain('role app of pg-test-1 (pg.roles)');
  expect(judge({ users: { ...roles(), memberships: [] } }).reason.en).toContain('app in pg_monitor');
});

test('tuning without a record is a warning, and so is a record that waits for its approval', () => {
  expect(judge({ now: ok(settings({ work_mem: '8192' })) }).outcome).toBe('warn');
  expect(judge({ now: sslOff, records: [record({ status: 'pending' })] }).outcome).toBe('warn');
});

test('the dynamic configuration that all members share is named once', () => {
  expect(judge({ ttl: '20' }).reason.en).toBe('without a change record: ttl of pg-test-1.patroni (patroni.config)');
});

test('what roles bring with them when they move is no change', () => {
  expect(judge({ now: ok(settings({ primary_conninfo: 'other', synchronous_standby_names: 'x' })) }).outcome).toBe(
    'pass',
  );
});

test('changes that nobody declared records for are for a person, and the first run has nothing to compare', () => {
  expect(judge({ now: sslOff, hasFile: false }).outcome).toBe('manual');
  expect(judge({ previous: null }).outcome).toBe('insufficient_data');
});

test('what was seen before and is not now leaves it open', () => {
  expect(judge({ now: unreachable }).outcome).toBe('undecided');
});
