import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { sealRun } from './evidence/seal.ts';
import { publishRun } from './publish.ts';
import { reportOf } from './report-files.ts';
import { auditRules } from './rules.ts';
import type { AuditRun } from './run.ts';
import { emptyEvaluation, snapshotOf, unavailable } from './snapshot.fixture.ts';

const directory = mkdtempSync(join(tmpdir(), 'pgattest-publish-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function runOfOne(): AuditRun {
  const snapshot = snapshotOf(['pg-test-1'], [unavailable('pg.server', 'pg-test-1', 'unreachable', 'refused')]);
  const { manifest } = sealRun(snapshot, emptyEvaluation);
  const run = { snapshot, manifest, evaluation: emptyEvaluation };
  const assessment = assess(snapshot, manifest, emptyEvaluation, auditRules);
  return { ...run, assessment, report: reportOf(run, assessment, auditRules), folder: directory };
}

/** A program in place of the browser; `$out` is where the PDF goes, `$profile` its profile. */
function browser(lines: string): string {
  const bin = join(directory, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh
for word in "$@"; do case "$word" in
  --print-to-pdf=*) out="\${word#*=}";;
  --user-data-dir=*) profile="\${word#*=}";;
esac; done
${lines}
`;
  writeFileSync(join(bin, 'chromium'), script);
  chmodSync(join(bin, 'chromium'), 0o755);
  return bin;
}

const usual = ['report.html', 'report.json', 'report.txt', 'report.zh.html', 'report.zh.txt'];

test('without a format the files are the usual ones', async () => {
  const { folder } = await publishRun(runOfOne(), { directory, formats: [], env: {} });
  expect(readdirSync(folder).toSorted()).toEqual(usual);
});

test('every format that is wanted lies beside the report', async () => {
  const formats = ['junit', 'sarif', 'csv', 'xlsx', 'oscal', 'ocsf'] as const;
  const { folder, missing } = await publishRun(runOfOne(), { directory, formats, env: {} });
  expect(missing).toBeUndefined();
  expect(
    readdirSync(folder)
      .filter((name) => !usual.includes(name))
      .toSorted(),
  ).toEqual([
    'report.junit.xml',
    'report.ocsf.jsonl',
    'report.oscal.json',
    'report.sarif',
    'results.csv',
    'results.zh.csv',
    'worksheet.xlsx',
    'worksheet.zh.xlsx',
  ]);
});

test('the browser prints each language in a profile that is gone afterwards', async () => {
  const bin = browser('echo "$profile" >> "$(dirname "$0")/profiles"; printf "%%PDF-1.4 printed" > "$out"');
  const env = { PATH: bin };
  const { folder, missing } = await publishRun(runOfOne(), { directory, formats: ['pdf'], env });
  expect(missing).toBeUndefined();
  expect(readFileSync(join(folder, 'report.pdf'), 'utf8')).toBe('%PDF-1.4 printed');
  expect(readFileSync(join(folder, 'report.zh.pdf'), 'utf8')).toBe('%PDF-1.4 printed');
  const profiles = readFileSync(join(bin, 'profiles'), 'utf8').trim().split('\n');
  expect(new Set(profiles).size).toBe(2);
  for (const profile of profiles) expect(() => readdirSync(profile)).toThrow(/ENOENT/u);
});

test.each([
  ['no browser', undefined, /no chromium on the PATH/u],
  ['a browser that fails', 'echo "cannot open display" >&2; exit 3', /exit code 3: cannot open display/u],
  ['a browser that prints nothing', 'echo fine >&2', /wrote nothing: fine/u],
  ['a browser that writes something else', 'echo hello > "$out"', /no PDF/u],
])('%s: no PDF, said with its reason, and everything else is there', async (_, lines, why) => {
  const env = { PATH: lines === undefined ? join(directory, 'none') : browser(lines) };
  const { folder, missing } = await publishRun(runOfOne(), { directory, formats: ['sarif', 'pdf'], env });
  expect(missing).toMatch(why);
  expect(readdirSync(folder).toSorted()).toEqual([...usual, 'report.sarif'].toSorted());
});
