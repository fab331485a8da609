import { gauge, pgDb, promql } from '@pgattest/catalog';
import { describe, expect, test } from 'vitest';
import { familyOf, inOrder, rolledUp } from './family.ts';
import { rollUpClause } from './level.ts';
import { overWindows, windowMinutes, windowsInOrder } from './window.ts';

const commits = overWindows((window) =>
  rolledUp({
    namespace: 'pg',
    metric: `commits_${window}`,
    ...gauge('count', 'Commits'),
    low: 'db',
    expr: promql`rate(${pgDb.m.xact_commit}[${windowMinutes[window]}m])`,
    how: 'sum',
    up: ['ins', 'cls'],
  }),
);

describe('a family', () => {
  test('is worked out at its finest level and summed up from there', () => {
    expect(inOrder(commits['5m']).map(({ name, expr }) => [name, expr.text])).toEqual([
      ['pg:db:commits_5m', 'rate(pg_db_xact_commit[5m])'],
      ['pg:ins:commits_5m', 'sum without (datname) (pg:db:commits_5m)'],
      ['pg:cls:commits_5m', 'sum by (job, cls) (pg:db:commits_5m)'],
    ]);
  });

  test('has the labels of its level', () => {
    expect(commits['1m'].db.labels).toEqual(['job', 'cls', 'ins', 'ip', 'instance', 'datname']);
    expect(commits['1m'].cls.labels).toEqual(['job', 'cls']);
  });

  test('says what each level reads', () => {
    expect(commits['1m'].db.expr.reads).toEqual([pgDb.m.xact_commit]);
    expect(commits['1m'].cls.expr.reads).toEqual([commits['1m'].db]);
  });

  test('of a ratio is worked out anew at each level', () => {
    const doubled = familyOf({
      namespace: 'pg',
      metric: 'doubled',
      ...gauge('count', 'Twice the commits'),
      levels: ['ins', 'cls'],
      expr: (level) => promql`2 * ${commits['1m'][level]}`,
    });
    expect(inOrder(doubled).map(({ expr }) => expr.text)).toEqual(['2 * pg:ins:commits_1m', '2 * pg:cls:commits_1m']);
  });

  test('over windows is in order of windows, then of levels', () => {
    expect(windowsInOrder(commits).map(({ name }) => name)).toEqual([
      'pg:db:commits_1m',
      'pg:ins:commits_1m',
      'pg:cls:commits_1m',
      'pg:db:commits_5m',
      'pg:ins:commits_5m',
      'pg:cls:commits_5m',
      'pg:db:commits_15m',
      'pg:ins:commits_15m',
      'pg:cls:commits_15m',
    ]);
  });
});

test('pools lose what tells them apart, and nothing a site may have added', () => {
  expect(rollUpClause('pool', 'db')).toBe('without (user, pool_mode, load_balance_hosts)');
  expect(rollUpClause('pool', 'ins')).toBe('without (datname, user, pool_mode, load_balance_hosts)');
  expect(rollUpClause('pool', 'env')).toBe('by (job)');
});
