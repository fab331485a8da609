import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditRules, reviewRun, type AuditRun, type Outcome } from '@pgattest/audit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pgattestAudit } from '../e2e/audit-harness.ts';

/** Evidence of real servers, recorded by record.mjs; nothing here talks to a server. */
const snapshots = new URL('.', import.meta.url).pathname;
const golden = new URL('../golden/replay/', import.meta.url).pathname;

/** What each recorded state must show, in words of this project's promises; the golden files hold the rest. */
const expected: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  healthy: {
    'cluster-one-primary/pg-demo': 'pass',
    'cluster-replication-streaming/pg-demo': 'pass',
    'pg-tls-enabled/pg-demo-1': 'pass',
    'pg-tls-enabled/pg-demo-2': 'pass',
    'pg-hba-no-trust/pg-demo-1': 'pass',
  },
  'tls-off': {
    'pg-tls-enabled/pg-demo-1': 'fail',
    'pg-tls-enabled/pg-demo-2': 'fail',
    // Rules for TLS cannot be loaded without it: the file then no longer says what the server does.
    'pg-hba-parses/pg-demo-1': 'fail',
    'pg-hba-no-trust/pg-demo-1': 'error',
  },
  'hba-open': {
    'pg-hba-no-trust/pg-demo-1': 'fail',
    'pg-hba-not-broad/pg-demo-1': 'fail',
    'pg-hba-superuser-local/pg-demo-1': 'fail',
    'pg-hba-no-trust/pg-demo-2': 'pass',
    'cluster-hba-identical/pg-demo': 'fail',
  },
  'logging-off': {
    'pg-log-connections/pg-demo-1': 'fail',
    'pg-log-statement-ddl/pg-demo-1': 'fail',
    'pg-log-thresholds/pg-demo-1': 'fail',
    'pg-log-connections/pg-demo-2': 'pass',
    'cluster-log-settings-identical/pg-demo': 'fail',
  },
  'durability-weak': { 'pg-durability-kept/pg-demo-1': 'fail', 'pg-durability-kept/pg-demo-2': 'pass' },
  'replica-stopped': {
    'pg-tls-enabled/pg-demo-1': 'pass',
    'pg-tls-enabled/pg-demo-2': 'error',
    'cluster-hot-redundancy/pg-demo': 'fail',
  },
  'primary-stopped': { 'pg-tls-enabled/pg-demo-1': 'error', 'pg-tls-enabled/pg-demo-2': 'pass' },
  'two-primaries': { 'cluster-one-primary/pg-demo': 'fail' },
  'auditor-without-grants': {
    'pg-checksums-enabled/pg-demo-1': 'pass',
    'cluster-hot-redundancy/pg-demo': 'error',
    'cluster-replication-streaming/pg-demo': 'error',
    'cluster-log-settings-identical/pg-demo': 'error',
    'cluster-security-settings-identical/pg-demo': 'error',
  },
};

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-replay-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const outcomes = ({ assessment }: AuditRun): Readonly<Record<string, Outcome>> =>
  Object.fromEntries(assessment.findings.map(({ id, outcome }) => [id, outcome]));

/** Everything that is not a pass, and every clause: short enough to review, complete enough to notice a change. */
function summary({ assessment }: AuditRun): string {
  const findings = assessment.findings.map(
    ({ id, outcome, undecided }) => `${outcome.padEnd(15)} ${id}${undecided === undefined ? '' : ` (${undecided.code})`}`,
  );
  const clauses = assessment.clauseResults.map(({ framework, clause, outcome }) => `${outcome.padEnd(15)} ${framework} ${clause}`);
  return `${[...findings, '', ...clauses].join('\n')}\n`;
}

test('every recorded state is expected here, and the other way round', async () => {
  const folders = (await readdir(snapshots, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
});

describe.each(Object.entries(expected))('recorded state %s', (name, outcome) => {
  const folder = join(snapshots, name);

  test('is judged as it must be', async () => {
    const run = await reviewRun(folder, auditRules);
    expect(outcomes(run)).toMatchObject(outcome);
    await expect(summary(run)).toMatchFileSnapshot(join(golden, `${name}.txt`));
  });

  test('gives the same bytes each time, in both languages', async () => {
    const reports: Readonly<Record<string, string>>[] = [];
    for (const turn of ['first', 'second']) {
      const { code } = await pgattestAudit(['evaluate', folder, '--report-dir', join(directory, turn)]);
      expect([0, 1, 3]).toContain(code);
      const files = (await readdir(join(directory, turn), { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
      expect(files.map((file) => file.name).toSorted()).toEqual(
        ['report.html', 'report.json', 'report.txt', 'report.zh.html', 'report.zh.txt'],
      );
      reports.push(
        Object.fromEntries(
          await Promise.all(files.map(async (file) => [file.name, await readFile(join(file.parentPath, file.name), 'utf8')] as const)),
        ),
      );
    }
    expect(reports[0]).toEqual(reports[1]);
  });

  test('is refused, by the name of the file, when one byte changes', async () => {
    const copy = join(directory, name);
    await cp(folder, copy, { recursive: true });
    const file = join(copy, 'pg.settings', 'pg-demo-1.json');
    const text = await readFile(file, 'utf8');
    const at = text.length >> 1;
    await writeFile(file, text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1));
    const { code, stderr } = await pgattestAudit(['evaluate', copy, '--report-dir', join(directory, 'none')]);
    expect(code).toBe(3);
    expect(stderr).toContain('pg.settings/pg-demo-1.json');
  });
});

const passes = (all: Readonly<Record<string, Outcome>>): readonly string[] =>
  Object.keys(all).filter((id) => all[id] === 'pass');

test('what could not be asked is never a pass', async () => {
  for (const [name, silent] of [['replica-stopped', 'pg-demo-2'], ['primary-stopped', 'pg-demo-1']] as const) {
    const found = Object.entries(outcomes(await reviewRun(join(snapshots, name), auditRules))).filter(([id]) => id.endsWith(`/${silent}`));
    expect(found.length).toBeGreaterThan(40);
    expect(found.filter(([, outcome]) => outcome !== 'error')).toEqual([]);
  }
});

test('without its privileges the auditor decides less and passes nothing it passed before without evidence', async () => {
  const healthy = outcomes(await reviewRun(join(snapshots, 'healthy'), auditRules));
  const blind = outcomes(await reviewRun(join(snapshots, 'auditor-without-grants'), auditRules));
  expect(passes(blind).filter((id) => healthy[id] !== 'pass')).toEqual([]);
  expect(passes(blind).length).toBeLessThan(passes(healthy).length);
  expect(Object.values(blind)).toContain('error');
});
