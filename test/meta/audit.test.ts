import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks, componentKinds, frameworks, kindOfFact, probes } from '@pgattest/audit';
import { describe, expect, test } from 'vitest';

const source = new URL('../../packages/audit/src/', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(source, path), 'utf8');
const folderOf = (scope: string): string => `checks/${scope === 'instance' ? 'postgres' : scope}`;
const unitsIn = (folder: string): readonly string[] =>
  (existsSync(join(source, folder)) ? readdirSync(join(source, folder)) : [])
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('.fixture.'))
    .map((name) => name.replace(/\.ts$/, ''));
const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
const probeIds = probes.map(({ id }) => id);
const clauseChecks = new Set<string>(frameworks.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.checks)));

test('every file of a check folder is a check that is listed, and the other way round', () => {
  const files = [...componentKinds.map(folderOf), 'checks/cluster'].flatMap(unitsIn);
  expect(files.toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
});

test('every listed probe has its file, and no two probes or checks share an id', () => {
  const listed = read('probes/index.ts');
  const files = ['', 'cluster', ...componentKinds].flatMap((kind) =>
    unitsIn(`probes/${kind}`).map((file) => `./${kind}/${file}`),
  );
  for (const [, file] of listed.matchAll(/from '(\.\/[\w/-]+)\.ts'/g)) {
    expect(files.map((path) => path.replace('//', '/'))).toContain(file);
  }
  const ids = [...probeIds, ...checks.map(({ id }) => id)];
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each(probes.map((probe) => [probe.id, probe] as const))('probe %s', (_id, probe) => {
  test('says what it reads and what it needs', () => {
    expect(probe.title.length).toBeGreaterThan(5);
    expect(probe.privilege.length).toBeGreaterThan(3);
    expect(kindOfFact(probe.id)).toBe(probe.subject);
    for (const grant of probe.grants) expect(grant).toMatch(/^GRANT .*\{role\}/);
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('check %s', (id, check) => {
  const folder = folderOf(check.scope);
  test('lives in the file of its name, under the folder of its scope', () => {
    expect(existsSync(join(source, folder, `${id}.ts`))).toBe(true);
  });
  test('has a fixture that passes and one that does not', () => {
    const text = read(`${folder}/${id}.test.ts`);
    expect(text).toMatch(/'pass'/);
    expect(text).toMatch(/'(fail|warn)'/);
  });
  test('speaks English and Chinese', () => {
    for (const text of [check.title, check.rationale, check.remediation]) {
      expect(hasHan(text.en)).toBe(false);
      expect(hasHan(text.zh)).toBe(true);
    }
  });
  test('says how to mend it and which catalogue entry it answers', () => {
    expect(check.fix.length).toBeGreaterThan(0);
    expect(check.catalogue.length).toBeGreaterThan(0);
    for (const entry of check.catalogue) expect(entry).toMatch(/^[A-Z]+-\d{3}$/);
  });
  test('needs only probes that exist, and serves a clause', () => {
    expect(check.needs.filter((fact) => !probeIds.includes(fact))).toEqual([]);
    expect(clauseChecks.has(id)).toBe(true);
  });
});
