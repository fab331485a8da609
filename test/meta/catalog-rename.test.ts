import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
let dir = '';

/** A copy of the catalogue and of the rules that read it, with everything else linked from this checkout. */
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pgattest-rename-'));
  for (const name of ['catalog', 'monitoring']) {
    cpSync(join(root, 'packages', name, 'src'), join(dir, 'packages', name, 'src'), { recursive: true });
    cpSync(join(root, 'packages', name, 'package.json'), join(dir, 'packages', name, 'package.json'));
  }
  mkdirSync(join(dir, 'node_modules', '@pgattest'), { recursive: true });
  symlinkSync(join(dir, 'packages', 'catalog'), join(dir, 'node_modules', '@pgattest', 'catalog'));
  symlinkSync(join(root, 'packages', 'runtime'), join(dir, 'node_modules', '@pgattest', 'runtime'));
  for (const name of ['@grafana', '@lezer', '@prometheus-io', '@types', 'yaml', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(dir, 'node_modules', name));
  }
  writeFileSync(
    join(dir, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['packages/*/src'], exclude: ['**/*.test.ts'] }),
  );
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function compile(): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules', '.bin', 'tsc'),
    ['-p', join(dir, 'tsconfig.json')],
    {
      cwd: dir,
      encoding: 'utf8',
    },
  );
  return { code: status, output: `${stdout}${stderr}` };
}

function rename(file: string, from: RegExp, to: string): void {
  const path = join(dir, 'packages', 'catalog', 'src', 'postgres', file);
  const before = readFileSync(path, 'utf8');
  const after = before.replaceAll(from, to);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

test('the untouched copy compiles', () => {
  expect(compile()).toEqual({ code: 0, output: '' });
});

test('renaming a metric breaks the type-check of the alert that uses it', () => {
  rename('pg-slot.ts', /\bwal_status\b/g, 'wal_state');
  const { code, output } = compile();
  expect(code).not.toBe(0);
  expect(output).toContain('packages/monitoring/src/alerts/replication/postgres-slot-at-risk.ts');
  expect(output).toContain("Property 'wal_status' does not exist");
});

test('renaming a label breaks the type-check of the panel that selects by it', () => {
  const path = join(dir, 'packages', 'monitoring', 'src', 'dashboards', 'cluster', 'compliance.ts');
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, before.replaceAll('outcome:', 'verdict:'));
  const { code, output } = compile();
  expect(code).not.toBe(0);
  expect(output).toContain('packages/monitoring/src/dashboards/cluster/compliance.ts');
});
