import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const tracked: readonly string[] = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .stdout.split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const packages = ['catalog', 'connect', 'runtime', 'exporter', 'audit', 'monitoring', 'lab', 'drill', 'cli'];
const isCode = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path);
const isTest = (path: string): boolean => path.includes('.test.') || path.startsWith('test/');

interface Manifest {
  readonly version?: string;
  readonly license?: string;
  readonly description?: string;
  readonly engines?: { readonly node?: string };
  readonly scripts?: Readonly<Record<string, string>>;
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own manifests; a wrong shape fails the test
const manifestOf = (path: string): Manifest => JSON.parse(read(path)) as Manifest;

test('git knows the files of this checkout', () => {
  expect(tracked).toContain('package.json');
});

describe.each(packages)('package %s', (name) => {
  const manifest = manifestOf(`packages/${name}/package.json`);
  test('says what it is, under which license and for which Node', () => {
    expect(manifest.description).toMatch(/\.$/);
    expect(manifest.license).toBe('Apache-2.0');
    expect(manifest.engines?.node).toBe('>=20.19');
    expect(manifest.version).toBe(manifestOf('packages/runtime/package.json').version);
  });
  test('has a README with its layers', () => {
    expect(read(`packages/${name}/README.md`)).toContain(`# @pgattest/${name}`);
  });
});

test('lockfiles hold no download address', () => {
  for (const path of tracked.filter((file) => basename(file) === 'package-lock.json')) {
    expect(read(path)).not.toMatch(/"resolved": "https?:/);
  }
});

/** Tests that only root can set up; as an ordinary user the summary counts them as skipped. */
const needRoot = new Set(['packages/lab/src/server/binaries.test.ts']);

test('no test is switched off or runs alone', () => {
  const marks = /\b(test|it|describe)\.(skip|only|todo|skipIf|runIf|fails)\b/;
  const found = tracked.filter(
    (path) =>
      isCode(path) &&
      path.includes('.test.') &&
      !path.endsWith('workspace.test.ts') &&
      !needRoot.has(path) &&
      marks.test(read(path)),
  );
  expect(found).toEqual([]);
});

test('no file is a drawer for leftovers', () => {
  const drawers = /^(utils?|helpers?|common|types|misc|shared)\.(ts|tsx)$/;
  expect(tracked.filter((path) => drawers.test(basename(path)))).toEqual([]);
});

test('no source file is longer than 350 lines, tests, framework tables and the list of checks aside', () => {
  const long = tracked
    .filter(
      (path) =>
        isCode(path) &&
        path.startsWith('packages/') &&
        !isTest(path) &&
        !path.includes('/frameworks/') &&
        path !== 'packages/audit/src/checks/index.ts' &&
        !path.includes('/i18n/'),
    )
    .filter((path) => read(path).split('\n').length > 351);
  expect(long).toEqual([]);
});

test('no credential is committed', () => {
  const shapes = [
    /SCRAM-SHA-256\$\d+:[A-Za-z0-9+/]{16,}={0,2}\$[A-Za-z0-9+/]{40,}/,
    /-----BEGIN (RSA |EC )?PRIVATE KEY-----\n[A-Za-z0-9+/]{40,}/,
    /\bmd5[0-9a-f]{32}\b/,
  ];
  const found = tracked.filter((path) => !isTest(path) && shapes.some((shape) => shape.test(read(path))));
  expect(found).toEqual([]);
});

test('commands named in the README exist', () => {
  const { scripts = {} } = manifestOf('package.json');
  const named = [...read('README.md').matchAll(/npm run ([\w:]+)/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('links in the README lead somewhere', () => {
  const targets = [...read('README.md').matchAll(/\]\(([^)#:]+)\)/g)].flatMap(([, target]) =>
    target === undefined ? [] : [target],
  );
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

test('CI runs what the README tells a person to run', () => {
  expect(read('.ci/run')).toContain('npm run --silent verify');
});

test('the changelog has a place for what is not released', () => {
  expect(read('CHANGELOG.md')).toContain('## Unreleased');
});
