import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isServerUp, parseHaproxyStats } from './stats.ts';

const captured = readFileSync(new URL('fixtures/stats-2.6.csv', import.meta.url), 'utf8');

test('the statistics of 2.6 show which server of each service is up', () => {
  const rows = parseHaproxyStats(captured);
  const servers = rows.filter(({ kind }) => kind === 'server');
  expect(servers.map((row) => `${row.proxy}/${row.name} ${row.status} ${row.checkStatus} ${row.checkCode}`))
    .toMatchInlineSnapshot(`
    [
      "pg-test-primary/n1 UP L7OK 200",
      "pg-test-primary/n2 DOWN L7STS 503",
      "pg-test-primary/n3 DOWN L7STS 503",
      "pg-test-replica/n1 UP L7OK 200",
      "pg-test-replica/n2 UP L7OK 200",
      "pg-test-replica/n3 UP L7OK 200",
      "pg-test-default/n1 UP L7OK 200",
      "pg-test-default/n2 DOWN L7STS 503",
      "pg-test-default/n3 DOWN L7STS 503",
      "pg-test-offline/n1 DOWN L7STS 503",
      "pg-test-offline/n2 UP L7OK 200",
      "pg-test-offline/n3 UP L7OK 200",
    ]
  `);
  expect(rows.find(({ proxy, kind }) => proxy === 'pg-test-primary' && kind === 'backend')).toMatchObject({
    status: 'UP',
    active: 1,
    backup: 0,
  });
});

test('columns are found by name: an old version has fewer, in another order', () => {
  const [row] = parseHaproxyStats('# pxname,svname,status,type,weight\np,s,no check,2,1\n');
  expect(row).toMatchObject({ proxy: 'p', name: 's', status: 'no check', weight: 1, checkStatus: null, active: null });
});

test('a check that runs right now is marked with a star, which is not its result', () => {
  const [row] = parseHaproxyStats('# pxname,svname,status,type,check_status\np,s,UP,2,* L7OK\n');
  expect(row?.checkStatus).toBe('L7OK');
});

describe('what is no statistics is refused', () => {
  test.each(['', '<html><body><h1>401 Unauthorized</h1>', 'a,b\n', '# pxname,svname,status,type\np,s,UP\n'])(
    '%j',
    (text) => {
      expect(() => parseHaproxyStats(text)).toThrow(/HAProxy/u);
    },
  );
});

test.each([
  ['UP', true],
  ['UP 1/3', true],
  ['no check', true],
  ['DOWN', false],
  ['DOWN 1/2', false],
  ['NOLB', false],
  ['DRAIN', false],
  ['MAINT (via a/b)', false],
  ['MAINT', false],
])('%s takes new connections: %s', (status, expected) => {
  expect(isServerUp({ status })).toBe(expected);
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('any names survive the quoting of CSV', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/[\r\n]/u.test(text));
  fc.assert(
    fc.property(name, name, (proxy, server) => {
      const text = `# pxname,svname,status,type,\n${quoted(proxy)},${quoted(server)},UP,2,\n`;
      expect(parseHaproxyStats(text)[0]).toMatchObject({ proxy, name: server, status: 'UP', kind: 'server' });
    }),
  );
});
