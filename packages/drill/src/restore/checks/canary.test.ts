import { describe, expect, it, test } from 'vitest';
import { canarySql, judgeCanary, parseCanary } from './canary.ts';
import { parseAmcheckScope } from './amcheck.ts';

const canary = { database: 'app', schema: 'public', table: 'heartbeat', timeColumn: 'at', minRows: 10 };
const reference = { name: 'start of the drill', time: '2026-11-22T00:00:10.000Z', newerRows: undefined } as const;

describe('a canary', () => {
  it.each([
    ['app.public.heartbeat.at', ['app', 'public', 'heartbeat', 'at']],
    ['"My.Db"."S".t."c""d"', ['My.Db', 'S', 't', 'c"d']],
  ])('is named %s', (text, [database, schema, table, timeColumn]) => {
    expect(parseCanary(text, 1)).toEqual({ database, schema, table, timeColumn, minRows: 1 });
  });

  it.each(['app.heartbeat.at', 'a.b.c.d.e', '', '"a.b.c.d', 'a..b.c'])('cannot be named %s', (text) => {
    expect(parseCanary(text, 1)).toBeUndefined();
  });

  it('is quoted in its query', () => {
    expect(canarySql({ ...canary, table: 'x"; DROP TABLE y; --' })).toContain('"x""; DROP TABLE y; --"');
  });

  it('proves how much is lost', () => {
    const judged = judgeCanary(canary, { rows: 20, newest: '2026-11-22T00:00:07.500Z' }, reference, undefined);
    expect(judged.check.outcome).toBe('pass');
    expect(judged.facts).toEqual({ rpoSeconds: 2.5, rpoReference: 'start of the drill' });
  });

  it('that is newer than the reference lost nothing', () => {
    const judged = judgeCanary(canary, { rows: 20, newest: '2026-11-22T00:00:12.000Z' }, reference, undefined);
    expect(judged.facts.rpoSeconds).toBe(0);
  });

  it('counts the rows that a live server has more', () => {
    const live = { name: 'live server', time: '2026-11-22T00:00:10.000Z', newerRows: 3 } as const;
    const judged = judgeCanary(canary, { rows: 20, newest: '2026-11-22T00:00:09.000Z' }, live, undefined);
    expect(judged.facts).toEqual({ rpoSeconds: 1, rpoRows: 3, rpoReference: 'live server' });
  });

  it.each([
    ['too few rows', { rows: 9, newest: '2026-11-22T00:00:07Z' }, undefined],
    ['no rows', { rows: 10, newest: undefined }, undefined],
    ['a row after the target', { rows: 20, newest: '2026-11-22T00:00:07Z' }, '2026-11-22T00:00:06Z'],
  ])('fails with %s and proves nothing', (_, found, target) => {
    const judged = judgeCanary(canary, found, reference, target);
    expect([judged.check.outcome, judged.facts]).toEqual(['fail', {}]);
  });
});

test.each([
  ['all', 'all'],
  ['off', 'off'],
  ['20', 20],
  ['0', undefined],
  ['-1', undefined],
  ['some', undefined],
])('amcheck of %s reads %s', (text, scope) => {
  expect(parseAmcheckScope(text)).toBe(scope);
});
