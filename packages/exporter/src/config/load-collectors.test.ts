import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCollectorConfig, loadCollectors, type LoadedCollectors } from './load-collectors.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-config-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const branch = (key: string, fields = ''): string =>
  `${key}: {query: SELECT 1 AS v, metrics: [{v: {usage: GAUGE}}]${fields === '' ? '' : `, ${fields}`}}\n`;
const broken = 'pg_bad: {metrics: []}\n';

async function load(files: Readonly<Record<string, string>>): Promise<LoadedCollectors> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return loadCollectors(directory);
}

function priorities({ collectors }: LoadedCollectors): Readonly<Record<string, number>> {
  return Object.fromEntries(collectors.map(({ id, priority }) => [id, priority]));
}

function withoutPriority({ collectors }: LoadedCollectors): unknown {
  return collectors.map((one) => ({ ...one, priority: 0 }));
}

function told({ diagnostics }: LoadedCollectors): readonly string[] {
  return diagnostics.map(({ file, severity, code }) => `${file.slice(directory.length + 1)} ${severity} ${code}`);
}

describe('config-format 2: a single file', () => {
  test('keeps the order it is written in, with priority 0 unless set', async () => {
    const file = join(directory, 'pg_exporter.yml');
    await writeFile(file, branch('pg_z') + branch('pg_y', 'priority: -1') + branch('pg_a'));
    const loaded = await loadCollectors(file);
    expect(loaded).toMatchObject({ ok: true, diagnostics: [], files: [file] });
    expect(loaded.collectors.map(({ id, priority }) => [id, priority])).toEqual([
      ['pg_y', -1],
      ['pg_z', 0],
      ['pg_a', 0],
    ]);
    expect(loaded.places.get('pg_y')).toEqual({ file, line: 2, column: 15 });
  });

  test('is rejected as a whole for one bad branch', async () => {
    const file = join(directory, 'pg_exporter.yml');
    await writeFile(file, branch('pg_a') + broken);
    expect(await loadCollectors(file)).toMatchObject({ ok: false, collectors: [] });
  });

  test('without a branch is valid and mentioned', async () => {
    const file = join(directory, 'pg_exporter.yml');
    await writeFile(file, '# later\n');
    const loaded = await loadCollectors(file);
    expect(loaded).toMatchObject({ ok: true, collectors: [] });
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(['no-branches']);
  });

  test('that is missing or no UTF-8 is an error with its name', async () => {
    const file = join(directory, 'latin1.yml');
    await writeFile(file, Buffer.from('pg_x: {desc: "\xe9"}', 'latin1'));
    for (const path of [file, join(directory, 'nowhere.yml')]) {
      const { ok, diagnostics } = await loadCollectors(path);
      expect(ok).toBe(false);
      expect(diagnostics).toMatchObject([{ file: path, code: 'unreadable' }]);
    }
  });
});

describe('config-format 2: a directory', () => {
  test('takes .yml and .yaml by name, and neither other endings nor sub-directories', async () => {
    await mkdir(join(directory, 'sub.yml'));
    await writeFile(join(directory, 'sub.yml', 'a.yml'), branch('pg_sub'));
    const loaded = await load({
      'b.yaml': branch('pg_b'),
      'a.yml': branch('pg_a'),
      'c.yml.bak': branch('pg_c'),
      'd.YML': branch('pg_d'),
      'e.json': '{}',
    });
    expect(loaded.files).toEqual([join(directory, 'a.yml'), join(directory, 'b.yaml')]);
    expect(priorities(loaded)).toEqual({ pg_a: 101, pg_b: 102 });
  });

  test('[T] an invalid file is skipped visibly, the others still load', async () => {
    const loaded = await load({ 'a.yml': broken, 'b.yml': branch('pg_b') });
    expect(loaded.ok).toBe(true);
    expect(loaded.collectors.map(({ id }) => id)).toEqual(['pg_b']);
    expect(told(loaded)).toEqual(['a.yml error blank-query', 'a.yml error no-metrics', 'a.yml warning file-skipped']);
  });

  test('[T] an empty file is valid, has no branch, and still advances the rank', async () => {
    const loaded = await load({ 'a.yml': '', 'b.yml': '# nothing\n', 'c.yml': branch('pg_c') });
    expect(priorities(loaded)).toEqual({ pg_c: 103 });
    expect(loaded.diagnostics).toEqual([]);
  });

  test('[T] priority is 100 plus the rank among valid files, unless it is set', async () => {
    const loaded = await load({
      'a.yml': branch('pg_a'),
      'b.yml': broken,
      'c.yml': branch('pg_c') + branch('pg_d', 'priority: 5'),
    });
    expect(priorities(loaded)).toEqual({ pg_d: 5, pg_a: 101, pg_c: 102 });
  });

  test('[T] a key in a later file replaces the earlier branch wholesale', async () => {
    const loaded = await load({
      'a.yml': branch('pg_a', 'ttl: 10, fatal: true') + branch('pg_b'),
      'b.yml': branch('pg_a', 'timeout: 3'),
    });
    const replaced = loaded.collectors.find(({ id }) => id === 'pg_a');
    expect(replaced).toMatchObject({ cacheSeconds: 0, timeoutSeconds: 3, priority: 102 });
    expect(replaced?.fatal).toBeUndefined();
    expect(told(loaded)).toEqual(['b.yml note branch-replaced']);
  });

  test('[T] files without any branch left are an error that carries the first one', async () => {
    const loaded = await load({ 'a.yml': '', 'b.yml': broken });
    expect(loaded).toMatchObject({ ok: false, collectors: [] });
    expect(loaded.diagnostics.at(-1)).toMatchObject({ code: 'no-branches', severity: 'error' });
    expect(loaded.diagnostics.at(-1)?.message).toContain(`${join(directory, 'b.yml')}:1:1 is missing`);
  });

  test('[T] without any YAML file it is valid and empty', async () => {
    const loaded = await load({ 'readme.txt': 'x' });
    expect(loaded).toMatchObject({ ok: true, collectors: [] });
    expect(told(loaded)).toEqual([' warning no-files']);
  });

  test('[T] loads the same branches as the concatenation of its files', async () => {
    const texts = [branch('pg_b', 'ttl: 1'), '# two\n', branch('pg_a') + branch('pg_c', 'name: pg_b')];
    const loaded = await load(Object.fromEntries(texts.map((text, at) => [`${at}.yml`, text])));
    const merged = join(directory, 'merged');
    await writeFile(merged, texts.join(''));
    expect(withoutPriority(loaded)).toEqual(withoutPriority(await loadCollectors(merged)));
  });

  test('a dangling link is skipped with a diagnostic', async () => {
    await symlink('/nowhere/x.yml', join(directory, 'a.yml'));
    const loaded = await load({ 'b.yml': branch('pg_b') });
    expect(told(loaded)).toEqual(['a.yml error unreadable', 'a.yml warning file-skipped']);
    expect(loaded.ok).toBe(true);
  });

  test('has a hash that changes with names and contents only', async () => {
    const first = await load({ 'a.yml': branch('pg_a') });
    expect((await loadCollectors(directory)).hash).toBe(first.hash);
    expect((await load({ 'a.yml': branch('pg_b') })).hash).not.toBe(first.hash);
  });
});

describe('config-format 2: where a configuration is looked for', () => {
  test('is the first path that exists', async () => {
    await load({ 'pg_exporter.yml': '' });
    const [missing, file] = [join(directory, 'x.yml'), join(directory, 'pg_exporter.yml')];
    expect(await findCollectorConfig([missing, file, directory])).toBe(file);
    expect(await findCollectorConfig([missing])).toBeUndefined();
  });
});
