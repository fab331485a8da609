import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { recordings, renderRules, ruleGroups, type RuleGroup } from '@pgattest/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readSituations, situationFiles, type Situation } from './situation.ts';

const groups = ruleGroups.filter((group) => group.recordings.length > 0);
const files = situationFiles(new URL('.', import.meta.url).pathname);

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'pgattest-recording-'));
  for (const group of groups) writeFileSync(join(dir, `${group.name}.yml`), renderRules(group));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

function run(program: string, args: readonly string[], debian: string): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: dir, encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${program} did not start: ${error.message}; install the Debian package ${debian}`);
  return { code: status, output: `${stdout}${stderr}` };
}

/** The recorded series are exactly those of the situation, with exactly their labels and values. */
const expressionTests = ({ at, gives }: Situation) =>
  Object.entries(gives).map(([name, samples]) => ({
    expr: name,
    eval_time: at,
    exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels: `${name}{${labels}}`, value })),
  }));

/** The groups with no rules but those that the situation needs: what it gives, and what these read. */
function neededOf({ gives }: Situation): readonly RuleGroup[] {
  const needed = new Set(Object.keys(gives));
  // Backwards, as a rule reads only what stands before it.
  for (const { name, expr } of groups.flatMap((group) => group.recordings).toReversed()) {
    if (needed.has(name)) for (const ref of expr.reads) needed.add(ref.name);
  }
  return groups
    .map((group) => ({ ...group, recordings: group.recordings.filter(({ name }) => needed.has(name)) }))
    .filter((group) => group.recordings.length > 0);
}

function evaluate(situation: Situation): { readonly code: number | null; readonly output: string } {
  const folder = mkdtempSync(join(dir, 'situation-'));
  const needed = neededOf(situation);
  for (const group of needed) writeFileSync(join(folder, `${group.name}.yml`), renderRules(group));
  const file = join(folder, 'situation.test.yml');
  writeFileSync(
    file,
    stringify({
      rule_files: needed.map(({ name }) => `${name}.yml`),
      // A rule reads groups before its own: promtool evaluates them in this order, else in any.
      group_eval_order: needed.map(({ name }) => name),
      evaluation_interval: situation.every ?? '10s',
      tests: [
        {
          interval: situation.every ?? '10s',
          input_series: Object.entries(situation.series).map(([series, values]) => ({ series, values })),
          promql_expr_test: expressionTests(situation),
        },
      ],
    }),
  );
  return run('promtool', ['test', 'rules', file], 'prometheus');
}

describe.each(files.map((file) => [basename(file), readSituations(file)] as const))('%s', (_file, situations) => {
  test.each(situations.map((situation) => [situation.when, situation] as const))(
    'holds when %s',
    (_when, situation) => {
      const { code, output } = evaluate(situation);
      expect(output).toContain('SUCCESS');
      expect(code).toBe(0);
    },
  );
});

test('every recorded series is shown by some situation to have samples', () => {
  const shown = new Set(
    files
      .flatMap((file) => readSituations(file))
      .flatMap(({ gives }) => Object.entries(gives).filter(([, samples]) => Object.keys(samples).length > 0))
      .map(([name]) => name),
  );
  expect(recordings.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  expect([...shown].filter((name) => !recordings.some((rule) => rule.name === name))).toEqual([]);
});

test('a recording reads only recordings above it in its group or in a group before it', () => {
  const recorded = new Set(recordings.map(({ name }) => name));
  const seen = new Set<string>();
  for (const { name, expr } of groups.flatMap((group) => group.recordings)) {
    const ahead = expr.reads.filter((ref) => recorded.has(ref.name) && !seen.has(ref.name));
    expect(ahead.map((ref) => `${name} reads ${ref.name}`)).toEqual([]);
    seen.add(name);
  }
});

test('promtool accepts every file of recordings', () => {
  const { code, output } = run('promtool', ['check', 'rules', ...groups.map(({ name }) => `${name}.yml`)], 'prometheus');
  expect(output).not.toContain('FAILED');
  expect(output.match(/SUCCESS/g)?.length).toBe(groups.length);
  expect(code).toBe(0);
});

test('vmalert accepts every file of recordings', () => {
  const { code, output } = run('vmalert', ['-dryRun', `-rule=${dir}/pgattest-recordings-*.yml`], 'victoria-metrics');
  expect(output).not.toMatch(/\t(error|fatal)\t/);
  expect(code).toBe(0);
});

test('vmalert refuses a file with a wrong expression, so that the test above means something', () => {
  const wrong = join(dir, 'wrong.rules');
  writeFileSync(wrong, stringify({ groups: [{ name: 'wrong', rules: [{ record: 'a:b', expr: 'sum by (' }] }] }));
  expect(run('vmalert', ['-dryRun', `-rule=${wrong}`], 'victoria-metrics').code).not.toBe(0);
});
