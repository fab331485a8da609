import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pgattest, type Ended } from './pgattest.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-lint-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function lint(text: string, ...options: readonly string[]): Promise<Ended> {
  const file = join(directory, 'c.yml');
  await writeFile(file, text);
  const ended = await pgattest('exporter', 'pg', 'lint', file, '--no-coverage', ...options);
  return { ...ended, stdout: ended.stdout.replaceAll(`${directory}/`, '') };
}

const good = `pg_x:
  query: SELECT 1 AS v
  metrics:
    - v: {usage: GAUGE, description: One}
`;
/** The good file with a line of it replaced. */
const instead = (line: string, ...by: readonly string[]): string => good.replace(line, by.join('\n'));
const more = (...lines: readonly string[]): string => `${good}${lines.map((line) => `${line}\n`).join('')}`;

describe('twenty broken configurations give twenty messages with line, column and remedy', () => {
  test.each([
    [
      'a typo in a key',
      more('  tll: 10'),
      'c.yml:5:3 warning pg_x.tll: the key tll is not known and ignored; did you mean ttl? [unknown-key]',
    ],
    [
      'a quoted number',
      more('  ttl: "10"'),
      'c.yml:5:8 error pg_x.ttl: "10" is text, not a number; remove the quotes [wrong-type]',
    ],
    [
      'a negative ttl',
      more('  ttl: -5'),
      'c.yml:5:8 error pg_x.ttl: -5 is below 0; write 0 to switch the cache off [negative-ttl]',
    ],
    [
      'a key that stands twice',
      more('  ttl: 1', '  ttl: 2'),
      'c.yml:6:3 error the key ttl stands twice in the same mapping; remove or rename one of them [duplicate-key]',
    ],
    [
      'a tab',
      more('\ttags: []'),
      'c.yml:5:1 error no valid YAML: tabs are not allowed as indentation; indent with spaces [yaml-syntax]',
    ],
    [
      'tags that are no list',
      more('  tags: cluster'),
      'c.yml:5:9 error pg_x.tags: is a single value, not a list; write one item a line, each after "- " [wrong-type]',
    ],
    [
      'a mistyped tag',
      more('  tags: [replcia]'),
      'c.yml:5:9 warning pg_x.tags: the tag replcia is no planning condition, so it must be given to the server with --tag; did you mean replica? [bad-tag]',
    ],
    [
      'two roles',
      more('  tags: [primary, standby]'),
      'c.yml:5:9 warning pg_x.tags: the tags for a primary and for a replica never hold together, so the branch never runs; remove one [never-planned]',
    ],
    [
      'an octal version',
      more('  min_version: 0100000'),
      'c.yml:5:16 warning pg_x.min_version: 0100000 is read as 100000, but pg_exporter reads its leading zero as octal 32768; write 100000 [octal-looking]',
    ],
    [
      'an empty range of versions',
      more('  min_version: 140000', '  max_version: 140000'),
      'c.yml:6:16 warning pg_x.max_version: no version is at least 140000 and below 140000, so the branch never runs; max_version is exclusive; raise it [empty-version-range]',
    ],
    [
      'no query',
      instead('  query: SELECT 1 AS v\n', ''),
      'c.yml:1:1 error pg_x.query: is missing; write the SQL that returns the columns after "query: |" [blank-query]',
    ],
    [
      'a template that was not rendered',
      instead('SELECT 1 AS v', '"SELECT {{ x }} AS v"'),
      'c.yml:2:10 warning pg_x.query: holds {{ x }}, which no template has filled in; render the file first [template-token]',
    ],
    [
      'no usage',
      instead('usage: GAUGE, ', ''),
      'c.yml:4:7 error pg_x.metrics[0].v.usage: is missing or empty; write one of LABEL, GAUGE, COUNTER, HISTOGRAM, DISCARD [bad-usage]',
    ],
    [
      'a mistyped usage',
      instead('GAUGE', 'GUAGE'),
      'c.yml:4:18 error pg_x.metrics[0].v.usage: "GUAGE" is no usage; did you mean GAUGE? [bad-usage]',
    ],
    [
      'a column that lost its indent',
      more('    - w:', '      usage: GAUGE'),
      'c.yml:5:7 error pg_x.metrics[1]: has 2 keys (w, usage), not one; start each column with "- " and indent its fields below it [not-one-key]',
    ],
    [
      'a scale with a unit',
      instead('usage: GAUGE', 'usage: GAUGE, scale: 1ms'),
      'c.yml:4:32 error pg_x.metrics[0].v.scale: "1ms" is not a number; write a number such as 0.001 or 1e-3 [bad-number]',
    ],
    [
      'only labels',
      instead('GAUGE', 'LABEL'),
      'c.yml:4:5 error pg_x.metrics: no column has a value; give at least one column the usage GAUGE, COUNTER or HISTOGRAM [no-value-column]',
    ],
    [
      'a label that Prometheus refuses',
      more('    - db-name: {usage: LABEL}'),
      'c.yml:5:7 error pg_x.metrics[1].db-name: "db-name" is no label name; rename it to letters, digits and _ [bad-label-name]',
    ],
    [
      'a metric in the way of a histogram',
      more('    - w: {usage: HISTOGRAM, rename: v, bucket: [1]}'),
      'c.yml:5:7 error pg_x.metrics[1].w: pg_x_v is already a metric of the column v; rename one of them [family-collision]',
    ],
    [
      'bounds out of order',
      more('    - w: {usage: HISTOGRAM, bucket: [10, 1]}'),
      'c.yml:5:37 error pg_x.metrics[1].w.bucket: is not increasing at 1; sort the bounds and remove repeated ones [bad-bucket]',
    ],
    [
      'two branches for the same server',
      more(
        'pg_x_14:',
        '  name: pg_x',
        '  query: SELECT 2 AS v',
        '  min_version: 140000',
        '  metrics: [{v: {usage: GAUGE}}]',
      ),
      'c.yml:7:10 warning pg_x_14: pg_x and this branch both run on versions from 140000 and both return pg_x_v; make min_version, max_version or tags exclude each other; of equal series the first one is kept [version-overlap]',
    ],
    [
      'a label le beside a histogram',
      more('    - w: {usage: HISTOGRAM, bucket: [1]}', '    - le: {usage: LABEL}'),
      'c.yml:6:7 error pg_x.metrics[2].le: le is what names the buckets of the histogram in this branch; rename the label [label-le]',
    ],
  ])('%s', async (_name, text, message) => {
    const { code, stdout, stderr } = await lint(text);
    const [first, ...rest] = stdout.trimEnd().split('\n');
    expect(first).toBe(message);
    expect(rest).toEqual([expect.stringMatching(/^1 file, \d branch(es)?: [01] errors?, [01] warnings?, 0 notes$/u)]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describe('exit codes', () => {
  test('0 for a good file, 1 for findings, 2 for a path that cannot be read or a wrong option', async () => {
    expect((await lint(good)).code).toBe(0);
    expect((await lint(more('  ttl: -1'))).code).toBe(1);
    const missing = await pgattest('exporter', 'pg', 'lint', join(directory, 'nowhere'));
    expect(missing.code).toBe(2);
    expect(missing.stdout).toContain('cannot read it');
    expect((await pgattest('exporter', 'pg', 'lint', '--jsno')).code).toBe(2);
  });

  test('--fail-on decides which severity counts', async () => {
    const doubtful = more('  tll: 10');
    expect((await lint(doubtful, '--fail-on', 'error')).code).toBe(0);
    expect((await lint(doubtful, '--fail-on', 'note')).code).toBe(1);
    expect((await lint(more('  ttl: -1'), '--fail-on', 'never')).code).toBe(0);
  });

  test('3 when the server of --dsn cannot be reached, without its password', async () => {
    const { code, stderr } = await lint(good, '--dsn', 'postgres://u:hunter2@127.0.0.1:1/postgres?sslmode=disable');
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot connect to 127\.0\.0\.1:1\/postgres/u);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('output', () => {
  test('--json is one document with diagnostics and coverage', async () => {
    const { stdout } = await lint(more('  tll: 10', '  min_version: 140000'), '--json');
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      schemaVersion: 1,
      branches: 1,
      diagnostics: [{ line: 5, column: 3, severity: 'warning', code: 'unknown-key', key: 'pg_x.tll' }],
    });
    expect(document).toHaveProperty('coverage.8', {
      collector: 'pg_x',
      major: 14,
      role: 'primary',
      branches: ['pg_x'],
    });
  });

  test('shows which versions and roles every collector covers', async () => {
    await writeFile(join(directory, 'a.yml'), more('  min_version: 160000', '  tags: [replica]'));
    const { stdout } = await pgattest('exporter', 'pg', 'lint', directory);
    expect(stdout).toMatch(/^collector +10 +11 +12 +13 +14 +15 +16 +17 +18$/mu);
    expect(stdout).toMatch(/^pg_x( +--){6}( +-R){3}$/mu);
  });

  test('a file that a directory skips is told, with its errors', async () => {
    await mkdir(join(directory, 'conf'));
    await writeFile(join(directory, 'conf', 'a.yml'), good);
    await writeFile(join(directory, 'conf', 'b.yml'), 'pg_y: {metrics: []}\n');
    const { code, stdout } = await pgattest('exporter', 'pg', 'lint', join(directory, 'conf'), '--no-coverage');
    expect(code).toBe(1);
    expect(stdout).toContain('conf/b.yml:1:1 warning none of its branches is used; correct its errors [file-skipped]');
    expect(stdout).toContain('2 files, 1 branch: 2 errors, 1 warning, 0 notes');
  });

  test('the built-in collectors are checked when no path is given', async () => {
    const { code, stdout } = await pgattest('exporter', 'pg', 'lint');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pg_slot +P-.*PR$/mu);
  });
});

describe('exporter pg dump', () => {
  test('prints what lint finds nothing wrong with', async () => {
    const file = join(directory, 'all.yml');
    expect((await pgattest('exporter', 'pg', 'dump', '--output', file)).code).toBe(0);
    const { code, stdout } = await pgattest('exporter', 'pg', 'lint', file, '--no-coverage');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^.*: 0 errors, 0 warnings, \d+ notes\n$/su);
  });

  test('prints the collectors it is asked for', async () => {
    const { code, stdout } = await pgattest('exporter', 'pg', 'dump', 'pg_archiver');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pg_archiver\w*:\n/u);
    expect(stdout).not.toContain('pg_slot');
  });

  test('names the nearest collector for a typo', async () => {
    const { code, stderr } = await pgattest('exporter', 'pg', 'dump', 'pg_archvier');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no built-in collector pg_archvier; did you mean pg_archiver?');
  });

  test('prints the JSON Schema of the format', async () => {
    const { stdout } = await pgattest('exporter', 'pg', 'dump', '--schema');
    expect(JSON.parse(stdout)).toHaveProperty('additionalProperties.properties.min_version');
  });
});
