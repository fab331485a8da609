import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientsView, encryptedView, transportView } from './counting-views.ts';
import { securityView, stateView } from './pivot-views.ts';
import { nowOf, queueView, sessionView, usersView } from './session-views.ts';
import { answerOf, fieldsOf, type Fields, type ViewContext } from './view.ts';
import { unknownSamples } from './unknown-columns.ts';

const context: ViewContext = { limits: { applications: 2, series: 3 }, nowMs: undefined };
const client = { database: 'app', user: 'u', state: 'active', addr: '10.0.0.1', tls: '', application_name: 'a' };
const columns = Object.keys(client);
const clients = (...rows: readonly Partial<typeof client>[]) =>
  answerOf(
    columns,
    rows.map((row) => ({ ...client, ...row })),
  );

describe('clients counted', () => {
  test('names beyond the limit are other, the frequent ones keep theirs', () => {
    const rows = ['b', 'b', 'a', 'a', 'c', 'd'].map((application_name) => ({ application_name }));
    const { result, collapsed } = clientsView(clients(...rows), context);
    expect(fieldsOf(result).map((row) => [row['application_name'], row['connections']])).toEqual([
      ['a', '2'],
      ['b', '2'],
      ['other', '2'],
    ]);
    expect(collapsed).toBe(2);
  });

  test('combinations beyond the limit keep their state and are counted', () => {
    const rows = ['u1', 'u2', 'u3', 'u4', 'u5'].map((user) => ({ user, state: user === 'u5' ? 'waiting' : 'active' }));
    const { result, collapsed } = clientsView(clients(...rows), context);
    expect(
      fieldsOf(result).map((row) => `${row['user'] ?? ''} ${row['state'] ?? ''} ${row['connections'] ?? ''}`),
    ).toEqual(['u1 active 1', 'u2 active 1', 'u3 active 1', 'other active 1', 'other waiting 1']);
    expect(collapsed).toBe(2);
  });

  test('whatever the limits, no connection is lost and no series is there twice', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'other', '');
    const row = fc.record({ database: word, user: word, state: word, application_name: word });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 40 }),
        fc.nat(4),
        fc.integer({ min: 1, max: 5 }),
        (rows, applications, series) => {
          const { result } = clientsView(clients(...rows), { limits: { applications, series }, nowMs: undefined });
          const shown = fieldsOf(result);
          const sum = shown.reduce((total, one) => total + Number(one['connections']), 0);
          const keys = shown.map((one) => JSON.stringify({ ...one, connections: undefined }));
          expect(sum).toBe(rows.length);
          expect(new Set(keys).size).toBe(keys.length);
        },
      ),
    );
  });

  test.each([
    ['psql - 127.0.0.1:5000', 'psql'],
    ['psql - [::1]:5000', 'psql'],
    ['psql - unix(42):6432', 'psql'],
    ['psql - 5', 'psql - 5'],
    ['a - b', 'a - b'],
  ])('%j is shown as %j', (application_name, shown) => {
    const { result } = clientsView(clients({ application_name }), context);
    expect(fieldsOf(result)[0]?.['application_name']).toBe(shown);
  });
});

describe('encryption', () => {
  test('Unix sockets are no part of the share', () => {
    const answer = clients({ tls: 'TLSv1.3/AES' }, {}, {}, { addr: 'unix' });
    expect(fieldsOf(encryptedView(answer, context).result)).toEqual([{ ratio: String(1 / 3) }]);
    expect(fieldsOf(transportView(answer, context).result)).toEqual([
      { transport: 'plain', protocol: '', connections: '2' },
      { transport: 'tls', protocol: 'TLSv1.3', connections: '1' },
      { transport: 'unix', protocol: '', connections: '1' },
    ]);
  });

  test('without a connection over the network there is no share', () => {
    expect(encryptedView(clients({ addr: 'unix' }), context).result.rows).toEqual([]);
  });
});

/** A pool in which nobody waits, but for `more`, as the queue view shows it. */
function pool(more: Fields): Fields | undefined {
  const row = {
    database: 'd',
    user: 'u',
    cl_waiting: '0',
    sv_active: '0',
    sv_login: '0',
    maxwait: '0',
    maxwait_us: '0',
  };
  return fieldsOf(queueView(answerOf(Object.keys(row), [{ ...row, ...more }]), context).result)[0];
}

describe('pools that wait', () => {
  test.each<[string, Fields, string | null]>([
    ['nobody waits', {}, '0'],
    ['somebody waits for a server that works', { cl_waiting: '1', sv_active: '1' }, '0'],
    ['somebody waits for a server that logs in', { cl_waiting: '1', sv_login: '1' }, '0'],
    ['somebody waits and there is no server', { cl_waiting: '2' }, '1'],
    ['a word instead of a number is not known', { cl_waiting: 'many' }, null],
  ])('%s', (_, more, stalled) => {
    expect(pool(more)?.['stalled']).toBe(stalled);
  });

  test('microseconds are part of the wait', () => {
    expect(pool({ maxwait: '7', maxwait_us: '125000' })?.['longest_wait_seconds']).toBe('7.125');
  });
});

describe('times of PgBouncer', () => {
  const rows = [
    { database: 'pgbouncer', connect_time: '2026-11-21 20:00:00 CST', request_time: '2026-11-21 20:30:00 CST' },
    { database: 'app', connect_time: '2026-11-21 20:29:00 CST', request_time: '2026-11-22 09:00:00 CST' },
  ];
  test('now is the last request of a console', () => {
    expect(nowOf(rows)).toBe(Date.UTC(2026, 10, 21, 20, 30));
    expect(nowOf([])).toBeUndefined();
    expect(nowOf([{ database: 'pgbouncer', request_time: 'soon' }])).toBeUndefined();
  });

  test('ages are told by that clock, and not at all without it', () => {
    const answer = answerOf(['database', 'connect_time'], rows);
    const aged = sessionView(answer, { ...context, nowMs: Date.UTC(2026, 10, 21, 20, 30) });
    expect(fieldsOf(aged.result)).toEqual([
      { database: 'pgbouncer', oldest_seconds: '1800' },
      { database: 'app', oldest_seconds: '60' },
    ]);
    expect(sessionView(answer, context).result.columns.map(({ name }) => name)).toEqual(['database']);
  });
});

test('users with most connections are shown where there are too many, and empty limits are none', () => {
  const answer = answerOf(
    ['name', 'pool_size', 'current_connections'],
    ['1', '9', '5', '7'].map((current_connections, at) => ({ name: `u${at}`, pool_size: '', current_connections })),
  );
  const { result, collapsed } = usersView(answer, context);
  expect(result.rows).toEqual([
    ['u1', null, '9'],
    ['u3', null, '7'],
    ['u2', null, '5'],
  ]);
  expect(collapsed).toBe(1);
});

test('a word that SHOW STATE does not have stays a word', () => {
  const answer = answerOf(
    ['key', 'value'],
    [
      { key: 'paused', value: 'yes' },
      { key: 'active', value: 'hm' },
    ],
  );
  expect(fieldsOf(stateView(answer, context).result)).toEqual([{ paused: '1', active: 'hm' }]);
});

test.each([
  ['secure', 'secure'],
  ['tlsv1.3, TLSv1.2', 'tlsv1.2+tlsv1.3'],
  ['tlsv9', 'other'],
])('protocols %j are %j', (value, shown) => {
  const answer = answerOf(['key', 'value'], [{ key: 'client_tls_protocols', value }]);
  expect(fieldsOf(securityView(answer, context).result)[0]).toMatchObject({
    client_tls_protocols: shown,
    auth_type: '',
  });
});

test('unknown columns: numbers only, once a row, and none of commands with a row for each connection', () => {
  const answer = answerOf(
    ['database', 'user', 'cl_active', 'new_count', 'new word', 'note'],
    [{ database: 'd', user: 'u', cl_active: '1', new_count: '5', 'new word': '6', note: 'x' }],
  );
  expect(unknownSamples('SHOW POOLS', answer)).toEqual([
    { command: 'POOLS', column: 'new_count', row: 'd/u', value: 5 },
  ]);
  expect(unknownSamples('SHOW CLIENTS', answer)).toEqual([]);
});
