import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderStore } from '../../evidence/folder-store.ts';
import type { EvidenceStore } from '../../evidence/store.ts';
import type { Outcome } from '../../finding.ts';
import type { Framework } from '../../framework.ts';
import { buildPeriodReport, type BuildPeriodOptions } from './build-period.ts';
import { fileNights, fileRunAt, runIdAt } from './period.fixture.ts';
import { readPeriod } from './read-period.ts';
import type { PeriodReport } from './period-report.ts';

let directory = '';
let store: EvidenceStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-period-'));
  store = folderStore(directory);
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const text = (word: string) => ({ en: word, zh: word });
const rule = (id: string) => ({
  id,
  catalogue: [],
  title: text(id),
  severity: 'high' as const,
  rationale: text('why'),
  remediation: text('how'),
  fix: [],
});
const clause = (
  id: string,
  checks: Framework['clauses'][number]['checks'],
  manual: Framework['clauses'][number]['manual'],
) => ({
  id,
  section: text('S'),
  title: text(id),
  coverage: 'full' as const,
  checks,
  manual,
});
const framework: Framework = {
  id: 'scheme',
  title: text('Scheme'),
  edition: '1',
  headline: 'exceptions',
  clauses: [
    clause('CC1', ['pg-tls-enabled'], []),
    clause('CC2', ['pg-tls-enabled', 'pg-hba-no-trust'], []),
    clause('CC3', [], [text('somebody looks')]),
  ],
};
const options: BuildPeriodOptions = {
  rules: ['pg-tls-enabled', 'pg-hba-no-trust'].map(rule),
  frameworks: [framework],
  everyMs: 86_400_000,
  sampleSize: 25,
  seed: 'seed',
  tool: { name: 'pgattest', version: '1' },
};
const november = (from: number, to: number) => ({
  from: `2026-11-${String(from).padStart(2, '0')}`,
  to: `2026-11-${String(to).padStart(2, '0')}`,
});
const everything = { keys: new Map(), requireSignatures: false, evidence: true };

async function report(from: number, to: number, over: Partial<typeof everything> = {}): Promise<PeriodReport> {
  const history = await readPeriod(store, 'pg-test', november(from, to), { ...everything, ...over });
  if (typeof history === 'string') throw new Error(history);
  return buildPeriodReport(history, options);
}

const night = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;
const tls = (outcome: Outcome): Readonly<Record<string, Outcome>> => ({
  'pg-tls-enabled/pg-test-1': 'pass',
  'pg-tls-enabled/pg-test-2': outcome,
  'pg-hba-no-trust/pg-test-1': 'pass',
});
const daysOfControl = ({ controls }: PeriodReport, id: string) => controls.find((control) => control.id === id)?.days;

test('each day has the worst of its runs, and a day without a run is neither pass nor fail', async () => {
  await fileNights(store, [1, 2, 3, 5, 6], tls('pass'), {
    2: { outcomes: tls('fail') },
    3: { outcomes: tls('error') },
    6: { outcomes: tls('excepted') },
  });
  await fileRunAt(store, { at: '2026-11-06T14:00:00.000Z', outcomes: tls('pass') });
  const period = await report(1, 7);
  expect(daysOfControl(period, 'pg-tls-enabled')).toEqual([
    'pass',
    'fail',
    'unknown',
    'no_run',
    'pass',
    'excepted',
    'no_run',
  ]);
  expect(daysOfControl(period, 'pg-hba-no-trust')).toEqual([
    'pass',
    'pass',
    'pass',
    'no_run',
    'pass',
    'pass',
    'no_run',
  ]);
  expect(period.controls.map(({ id }) => id)).toEqual(['pg-tls-enabled', 'pg-hba-no-trust']);
  expect(period.controls[0]?.counts).toMatchObject({ pass: 2, fail: 1, unknown: 1, excepted: 1, no_run: 2 });
});

test('a clause is judged by its roll-up, and one that only a person answers is never passed', async () => {
  await fileNights(store, [1, 2, 3], tls('pass'), { 2: { outcomes: tls('fail') } });
  const [scheme] = (await report(1, 4)).frameworks;
  expect(scheme?.clauses.map(({ id, days }) => [id, days])).toEqual([
    ['CC1', ['pass', 'fail', 'pass', 'no_run']],
    ['CC2', ['pass', 'fail', 'pass', 'no_run']],
    ['CC3', ['unknown', 'unknown', 'unknown', 'no_run']],
  ]);
});

test('a check that gave no result on a day with runs is unknown on that day', async () => {
  await fileNights(store, [1, 2], tls('pass'), { 1: { outcomes: { 'pg-hba-no-trust/pg-test-1': 'pass' } } });
  expect(daysOfControl(await report(1, 2), 'pg-tls-enabled')).toEqual(['unknown', 'pass']);
});

test('a run whose evidence was changed is told, and passes of it are unknown while its failures stay', async () => {
  await fileNights(store, [1, 2, 3], tls('pass'), { 3: { outcomes: tls('fail') } });
  for (const day of [2, 3]) {
    const file = join(directory, 'pg-test', runIdAt(night(day)), 'pg.settings', 'pg-test-1.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('2026-11', '2026-12'));
  }
  const period = await report(1, 3);
  expect(daysOfControl(period, 'pg-tls-enabled')).toEqual(['pass', 'unknown', 'fail']);
  expect(daysOfControl(period, 'pg-hba-no-trust')).toEqual(['pass', 'unknown', 'unknown']);
  expect(period.runs.map(({ problem }) => problem)).toEqual([
    undefined,
    expect.stringContaining('was changed after it was written'),
    expect.stringContaining('was changed after it was written'),
  ]);
  expect(period.totals.unverifiedRuns).toBe(2);
  const unread = await report(1, 3, { evidence: false });
  expect(unread.totals.unverifiedRuns).toBe(0);
  expect(unread.evidence.checked.evidence).toBe(false);
});

test('evidence that is gone is no evidence', async () => {
  await fileNights(store, [1, 2], tls('pass'));
  await rm(join(directory, 'pg-test', runIdAt(night(2))), { recursive: true });
  const period = await report(1, 2);
  expect(daysOfControl(period, 'pg-tls-enabled')).toEqual(['pass', 'unknown']);
  expect(period.runs[1]?.problem).toMatch(/manifest\.json/u);
});

test('findings have their times, also those from before the period and those that came back', async () => {
  const days: readonly Outcome[] = ['fail', 'fail', 'pass', 'warn', 'error', 'warn', 'pass', 'fail'];
  await fileNights(
    store,
    days.map((_, index) => index + 1),
    tls('pass'),
    Object.fromEntries(days.map((outcome, index) => [index + 1, { outcomes: tls(outcome) }])),
  );
  const { findings, totals } = await report(2, 8);
  expect(
    findings.map(({ openedAt, closedAt, state, isReopened, durationMs, hasFailed }) => [
      openedAt.slice(8, 10),
      closedAt?.slice(8, 10),
      state,
      isReopened,
      durationMs / 86_400_000,
      hasFailed,
    ]),
  ).toEqual([
    ['01', '03', 'closed', false, 2, true],
    ['04', '07', 'closed', true, 3, false],
    ['08', undefined, 'open', true, 0, true],
  ]);
  expect(totals).toMatchObject({ openAtBegin: 1, opened: 0, reopened: 2, closed: 2, openAtEnd: 1 });
  expect(totals.meanTimeToCloseMs).toBe(2.5 * 86_400_000);
});

test('what happened after the period is not in it: a finding closed later is open at its end', async () => {
  await fileNights(store, [1, 2, 3], tls('fail'), { 3: { outcomes: tls('pass') } });
  const { findings, runs } = await report(1, 2);
  expect(findings.map(({ state, closedAt }) => [state, closedAt])).toEqual([['open', undefined]]);
  expect(runs).toHaveLength(2);
});

test('a finding that only a damaged run saw closed is not closed, and says so', async () => {
  await fileNights(store, [1, 2], tls('fail'), { 2: { outcomes: tls('pass') } });
  await rm(join(directory, 'pg-test', runIdAt(night(2)), 'pg.settings', 'pg-test-1.json'));
  const { findings, totals } = await report(1, 2);
  expect(findings.map(({ state, isClosureUnproven }) => [state, isClosureUnproven])).toEqual([['undecided', true]]);
  expect(totals).toMatchObject({ closed: 0, openAtEnd: 1 });
});

test('objects have the days they were in scope, and when they joined and left', async () => {
  await fileNights(store, [1, 2, 3, 5], tls('pass'), {
    3: { instances: ['pg-test-1', 'pg-test-2', 'pg-test-3'], silent: ['pg-test-2'] },
    5: { instances: ['pg-test-1', 'pg-test-3'] },
  });
  const { population } = await report(2, 5);
  expect(population.comparedWith).toBe(runIdAt(night(1)));
  expect(population.objects).toEqual([
    {
      id: 'pg-test-1',
      kind: 'instance',
      days: ['in_scope', 'in_scope', 'no_run', 'in_scope'],
      runs: 3,
      answered: 3,
      moves: [],
    },
    {
      id: 'pg-test-2',
      kind: 'instance',
      days: ['in_scope', 'silent', 'no_run', 'absent'],
      runs: 2,
      answered: 1,
      moves: [{ kind: 'left', at: night(5), runId: runIdAt(night(5)) }],
    },
    {
      id: 'pg-test-3',
      kind: 'instance',
      days: ['absent', 'in_scope', 'no_run', 'in_scope'],
      runs: 2,
      answered: 2,
      moves: [{ kind: 'joined', at: night(3), runId: runIdAt(night(3)) }],
    },
  ]);
  expect((await report(1, 2)).population.comparedWith).toBeUndefined();
});

test('exceptions are listed with the runs that had them, what they excused and how they ended', async () => {
  const risk = { id: 'RISK-7', check: 'pg-tls-*', subject: 'pg-test-2', reason: 'r', owner: 'o', until: '2026-11-02' };
  const other = { ...risk, id: 'RISK-8', check: 'pg-hba-no-trust', until: '2027-01-31' };
  const elsewhere = { ...risk, id: 'RISK-9', cluster: 'pg-other' };
  await fileNights(store, [1, 2, 3], tls('pass'), {
    1: { outcomes: tls('excepted'), evaluation: { waivers: [risk, elsewhere] } },
    2: { evaluation: { waivers: [risk, other] } },
    3: { evaluation: { waivers: [{ ...risk, until: '2026-11-30' }, other] } },
  });
  const { waivers } = await report(1, 3);
  expect(
    waivers.map(({ id, until, state, findings, firstAt, lastAt }) => [id, until, state, findings, firstAt, lastAt]),
  ).toEqual([
    ['RISK-7', '2026-11-02', 'removed', ['pg-tls-enabled/pg-test-2'], night(1), night(2)],
    ['RISK-8', '2027-01-31', 'in_force', [], night(2), night(3)],
    ['RISK-7', '2026-11-30', 'in_force', [], night(3), night(3)],
  ]);
  expect((await report(1, 2)).waivers.map(({ id, state }) => [id, state])).toEqual([
    ['RISK-7', 'in_force'],
    ['RISK-8', 'in_force'],
  ]);
});

test('the index of evidence has the head of the whole chain and every run that was used, with the rules that judged it', async () => {
  await fileNights(store, [1, 2, 3], tls('pass'), {
    2: { filing: { rules: { version: '2', sha256: '2'.repeat(64) }, privateKey: undefined, now: () => night(2) } },
  });
  const { evidence, runs, samples } = await report(1, 2);
  expect(evidence).toMatchObject({ records: 3, head: { sequence: 3 }, keyIds: [] });
  expect(evidence.rules.map(({ version, firstRun }) => [version, firstRun])).toEqual([
    ['1', runIdAt(night(1))],
    ['2', runIdAt(night(2))],
  ]);
  for (const run of runs)
    for (const hash of [run.record, run.manifest, run.merkleRoot]) expect(hash).toMatch(/^[0-9a-f]{64}$/u);
  expect(samples.runs.ids.toSorted()).toEqual(runs.map(({ runId }) => runId));
});

test('a period without a run is told with the days that have runs, and a damaged chain gives no report', async () => {
  await fileNights(store, [3, 4], tls('pass'));
  expect(await readPeriod(store, 'pg-test', november(10, 12), everything)).toBe(
    'no run of pg-test ended from 2026-11-10 to 2026-11-12 (UTC); its runs are from 2026-11-03T02:00:00.000Z to 2026-11-04T02:00:00.000Z',
  );
  const record = join(directory, 'pg-test', 'chain', '00000001.json');
  await writeFile(record, (await readFile(record, 'utf8')).replace('2026-11-03', '2026-11-05'));
  const damaged = readPeriod(store, 'pg-test', november(3, 4), everything);
  await expect(damaged).rejects.toMatchObject({ name: 'RuntimeError', code: 'usage' });
  await expect(damaged).rejects.toThrow('record 1 of pg-test is broken');
});
