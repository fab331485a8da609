import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoCluster, type DemoCluster } from '@pgattest/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pgattest, type Ended } from './pgattest.ts';

function query(sql: string, ...columns: readonly string[]): string {
  return `x:\n  query: ${JSON.stringify(sql)}\n  metrics: [${columns.join(', ')}]\n`;
}

describe('exporter pg lint --dsn', { timeout: 60_000 }, () => {
  let cluster: DemoCluster;
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pgattest-lint-'));
    cluster = await startDemoCluster({ durable: false });
    await cluster.admin(cluster.primary).exec('CREATE TABLE secret_rows AS SELECT 1 AS v');
  }, 120_000);
  afterAll(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const lint = async (text: string, ...options: readonly string[]): Promise<Ended> => {
    const file = join(directory, 'c.yml');
    await writeFile(file, text);
    const dsn = cluster.dsn(cluster.primary, 'monitor');
    const ended = await pgattest('exporter', 'pg', 'lint', file, '--no-coverage', '--dsn', dsn, ...options);
    return { ...ended, stdout: ended.stdout.replaceAll(`${directory}/`, '') };
  };
  const v = '{v: {usage: GAUGE}}';

  test.each([
    [
      'a missing column',
      query('SELECT 1 AS w', v),
      /^c\.yml:2:10 error x\.query: the query does not return the column v; it returns w; add "AS v" or change metrics \[missing-column\]$/mu,
    ],
    [
      'a column that is not listed',
      query('SELECT 1 AS v, 2 AS w', v),
      /note x\.query: the query returns w, which is not listed/u,
    ],
    [
      'a relation that is not there',
      query('SELECT v\nFROM nowhere', v),
      /error x\.query: the server refuses it: in line 2 of the query: relation "nowhere" does not exist \(42P01\); qualify the name/u,
    ],
    [
      'a column that this version does not have',
      query('SELECT none AS v FROM pg_stat_wal', v),
      /\(42703\); limit the branch with min_version or max_version/u,
    ],
    [
      'a missing privilege on a table',
      query('SELECT v FROM secret_rows', v),
      /error x\.query: the server refuses it: permission denied for table secret_rows \(42501\); GRANT .* TO pgattest_monitor.*\[missing-privilege\]/u,
    ],
    [
      'a missing privilege on a function',
      query("SELECT length(pg_read_file('x')) AS v", v),
      /permission denied for function pg_read_file/u,
    ],
    [
      'a write',
      query('WITH d AS (DELETE FROM secret_rows RETURNING v) SELECT v FROM d', v),
      /must not contain data-modifying statements/u,
    ],
    [
      'a time that is scaled',
      query('SELECT now() AS v', '{v: {usage: GAUGE, scale: 2}}'),
      /warning x\.query: scale is ignored for v/u,
    ],
    [
      'an interval',
      query("SELECT interval '1 s' AS v", v),
      /warning x\.query: the value v is of type interval, which is no number/u,
    ],
    [
      'a predicate that is not boolean',
      `${query('SELECT 1 AS v', v)}  predicate_queries: [{predicate_query: SELECT 1}]\n`,
      /error x\.query: the predicate 0 returns a column that is not boolean/u,
    ],
    [
      'several statements, none of which it tries',
      query('SELECT 1 AS v; SELECT pg_sleep(600)', v),
      /warning x\.query: holds several statements, so it was not tried/u,
    ],
    ['SQL that is none', query('SELEKT 1', v), /syntax error at or near/u],
  ])('finds %s', async (_name, text, message) => {
    const { code, stdout, stderr } = await lint(text, '--fail-on', 'note');
    expect(stdout).toMatch(message);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  test.each([
    ['a query with a comment before and a semicolon behind', query('-- why\n/* how */ SELECT 1 AS v ; ', v)],
    ['semicolons in texts and comments', query("SELECT length(';') AS v -- a; b", v)],
    ['a list of values', query('VALUES (1)', '{column1: {usage: GAUGE}}')],
    [
      'a command that no cursor takes',
      query('SHOW server_version_num', '{server_version_num: {usage: LABEL}}', '{nothing: {usage: GAUGE}}'),
    ],
    ['a renamed column', query('SELECT 1 AS a', '{a: {usage: GAUGE, rename: b}}')],
  ])('describes %s', async (_name, text) => {
    const { stdout } = await lint(text);
    expect(stdout).not.toContain('the server refuses it');
    expect(stdout).not.toMatch(/column (a|b|v|column1|server_version_num);/u);
  });

  test('reads no row: what never ends or changes something is only described', async () => {
    const { code, stdout } = await lint(
      query('SELECT pg_sleep(600)::text::int AS v, lo_create(4711) AS w', v, '{w: {usage: GAUGE}}'),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('1 branches return what they declare');
    const rows = await cluster.admin(cluster.primary).rows('SELECT oid FROM pg_largeobject_metadata');
    expect(rows).toEqual([]);
  });

  test('says which branches do not run there and why', async () => {
    const text =
      query('SELECT 1 AS v', v) + query('SELECT 2 AS v', v).replace('x:', 'y:').concat('  tags: [replica]\n');
    const { code, stdout } = await lint(text);
    expect(stdout).toContain('y does not run there: for a replica, server is a primary');
    expect(code).toBe(0);
    const tagged = query('SELECT 1 AS v', v).concat('  tags: [rds]\n');
    expect((await lint(tagged)).stdout).toContain('x does not run there: needs --tag rds');
    expect((await lint(tagged, '--tag', 'rds')).stdout).toContain('1 branches return what they declare, 0 do not run');
  });

  test.each(['primary', 'replica'] as const)(
    'finds nothing wrong with the built-in collectors on a %s',
    async (role) => {
      const dsn = cluster.dsn(cluster[role], 'monitor');
      const { code, stdout } = await pgattest('exporter', 'pg', 'lint', '--dsn', dsn, '--fail-on', 'error');
      expect(stdout).not.toMatch(/ error /u);
      expect(stdout).toMatch(/^on server \d+ (primary|replica) postgres: [1-9]\d* branches return what they declare/mu);
      expect(code).toBe(0);
      // What pg_monitor does not give is named, with the collector that does without it.
      expect(stdout).toMatch(
        /warning pg_hba_file\.query: the server refuses it: permission denied for [^;]*\(42501\); it does not run, because "[^"]+" is not true; GRANT .* \[missing-privilege\]/u,
      );
    },
  );

  test('takes a privilege that a predicate does not ask for as an error', async () => {
    const text = query('SELECT v FROM secret_rows', v).concat(
      '  predicate_queries: [{predicate_query: SELECT true}]\n',
    );
    expect((await lint(text)).stdout).toContain('error x.query: the server refuses it: permission denied for table');
  });

  test('warns of a role without pg_monitor', async () => {
    await cluster.admin(cluster.primary).exec('REVOKE pg_monitor FROM pgattest_monitor');
    try {
      const { code, stdout } = await lint(query('SELECT 1 AS v', v));
      expect(stdout).toContain('the role pgattest_monitor is no member of pg_monitor');
      expect(code).toBe(1);
    } finally {
      await cluster.admin(cluster.primary).exec('GRANT pg_monitor TO pgattest_monitor');
    }
  });

  test('leaves no session behind', async () => {
    const rows = await cluster
      .admin(cluster.primary)
      .rows(`SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'pgattest_lint'`);
    expect(rows).toEqual([{ n: '0' }]);
  });
});
