import { appendFile, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checks } from '../checks/index.ts';
import { evaluate } from '../evaluate.ts';
import type { EvaluationConfig } from '../evaluation.ts';
import { emptyEvaluation, observed, snapshotOf, unavailable } from '../snapshot.fixture.ts';
import { canonicalJson } from './canonical-json.ts';
import { fileRun } from './file-run.ts';
import { folderStore } from './folder-store.ts';
import { readRun } from './read.ts';
import { sealRun, type SealedRun } from './seal.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-evidence-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Files a run below a directory and returns its folder. */
async function writeRun(below: string, sealed: SealedRun): Promise<string> {
  const store = folderStore(below);
  await fileRun(store, sealed);
  return store.placeOfRun(sealed.manifest.cluster, sealed.manifest.runId);
}

const setting = { value: 'on', unit: null, source: 'default', pendingRestart: false };
const snapshot = snapshotOf(
  ['pg-test-1', 'pg-test-2'],
  [
    observed('pg.settings', 'pg-test-1', { ssl: setting, 'naïve 中文': setting }),
    unavailable('pg.settings', 'pg-test-2', 'unreachable', 'cannot reach pg-test-2'),
  ],
);
const evaluation: EvaluationConfig = {
  ...emptyEvaluation,
  params: { 'pg-x': { minimum: 3, names: ['a'] } },
  header: { organisation: '示例公司' },
  frameworks: ['soc2'],
};

describe('a filed run', () => {
  it('reads back as it was', async () => {
    const sealed = sealRun(snapshot, evaluation);
    const folder = await writeRun(directory, sealed);
    expect(folder).toBe(join(directory, 'pg-test', '20261121T203319Z-1a2b3c4d'));
    expect(await readRun(folder)).toEqual({ snapshot, manifest: sealed.manifest, evaluation });
    const { runs } = await folderStore(directory).list('pg-test');
    expect(runs).toEqual(['20261121T203319Z-1a2b3c4d']);
    expect(await readdir(join(directory, 'pg-test'))).toEqual(['20261121T203319Z-1a2b3c4d']);
  });

  it('is never overwritten by another', async () => {
    const sealed = sealRun(snapshot, evaluation);
    await writeRun(directory, sealed);
    await expect(writeRun(directory, sealed)).rejects.toMatchObject({ code: 'unreadable' });
    expect(await readdir(join(directory, 'pg-test'))).toEqual(['20261121T203319Z-1a2b3c4d']);
  });

  it('is judged alike live and read back, whatever was seen', async () => {
    const value = fc.dictionary(fc.string(), fc.record({ value: fc.string(), unit: fc.constant(null) }));
    const seen = fc.oneof(
      value.map((settings) => observed('pg.settings', 'pg-test-1', settings)),
      fc.string().map((message) => unavailable('pg.settings', 'pg-test-1', 'timeout', message)),
    );
    await fc.assert(
      fc.asyncProperty(seen, async (record) => {
        const live = snapshotOf(['pg-test-1'], [record]);
        const sealed = sealRun(live, evaluation);
        const folder = await writeRun(await mkdtemp(join(directory, 'case-')), sealed);
        const filed = await readRun(folder);
        const judge = (run: typeof live) => evaluate(checks, run, { params: {}, files: sealed.manifest.files });
        expect(canonicalJson(judge(filed.snapshot))).toBe(canonicalJson(judge(live)));
        expect(sealRun(filed.snapshot, filed.evaluation).manifest).toEqual(sealed.manifest);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a folder that is not as it was written', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await writeRun(directory, sealRun(snapshot, evaluation));
  });

  it.each(['pg.settings/pg-test-1.json', 'pg.settings/pg-test-2.json', 'evaluation.json', 'manifest.json'])(
    'is refused for any changed byte of %s',
    async (path) => {
      const file = join(folder, path);
      const bytes = await readFile(file);
      const step = Math.max(1, Math.floor(bytes.length / 15));
      for (let index = 0; index < bytes.length; index += step) {
        const changed = Buffer.from(bytes);
        changed[index] = (changed[index] ?? 0) ^ 1;
        await writeFile(file, changed);
        await expect(readRun(folder)).rejects.toMatchObject({ name: 'EvidenceError', file });
      }
      await writeFile(file, bytes);
      await expect(readRun(folder)).resolves.toBeDefined();
    },
  );

  it('is refused naming the file that is missing', async () => {
    await rm(join(folder, 'pg.settings/pg-test-2.json'));
    await expect(readRun(folder)).rejects.toMatchObject({
      code: 'missing',
      message: `evidence refused: ${folder}/pg.settings/pg-test-2.json is named by the manifest but is not there`,
    });
  });

  it('is refused naming the file that was added', async () => {
    await mkdir(join(folder, 'pg.hba'));
    await writeFile(join(folder, 'pg.hba/pg-test-1.json'), '{}');
    await expect(readRun(folder)).rejects.toMatchObject({ code: 'extra', file: join(folder, 'pg.hba/pg-test-1.json') });
  });

  it('is refused when a file became a link', async () => {
    const file = join(folder, 'pg.settings/pg-test-1.json');
    await rename(file, join(directory, 'elsewhere.json'));
    await symlink(join(directory, 'elsewhere.json'), file);
    await expect(readRun(folder)).rejects.toMatchObject({ code: 'extra' });
  });

  it('is refused when the manifest was reformatted though its content is the same', async () => {
    await appendFile(join(folder, 'manifest.json'), '\n');
    await expect(readRun(folder)).rejects.toMatchObject({ code: 'changed', file: join(folder, 'manifest.json') });
  });

  it('is refused when there is no manifest', async () => {
    await expect(readRun(directory)).rejects.toMatchObject({
      code: 'unreadable',
      file: join(directory, 'manifest.json'),
    });
  });
});

describe('canonicalJson', () => {
  it('sorts keys, indents by two and ends with a newline', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '中"' }], 10: true, 9: undefined, a: {}, e: [] })).toBe(
      '{\n  "10": true,\n  "a": {},\n  "b": [\n    1,\n    {\n      "c": "中\\"",\n      "d": null\n    }\n  ],\n  "e": []\n}\n',
    );
  });

  it.each([
    ['NaN', { a: [Number.NaN] }, '$.a[0] is NaN'],
    ['a Map', { a: new Map() }, '$.a is a Map'],
    ['a Date', new Date(0), '$ is a Date'],
    ['a bigint', { a: 1n }, '$.a is a bigint'],
    ['undefined in a list', [undefined], '$[0] is a undefined'],
  ])('refuses %s', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});
