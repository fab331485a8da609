import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defineCheck, fail, pass } from './check.ts';
import { plainFiling, runIdOf, snapshotOfDay } from './evidence/chain.fixture.ts';
import { fileRun, recordRun } from './evidence/file-run.ts';
import { folderStore } from './evidence/folder-store.ts';
import { sealRun } from './evidence/seal.ts';
import { verifyCluster } from './evidence/verify.ts';
import { evaluate } from './evaluate.ts';
import { readHistory } from './history/read-history.ts';
import { reevaluate } from './reevaluate.ts';
import { auditRules, type AuditRules } from './rules.ts';
import { emptyEvaluation } from './snapshot.fixture.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgattest-reevaluate-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const text = { en: 'a day', zh: '某日' };
/** Whether the day that the settings probe of the fixture saw is within a limit: the rule that changes. */
const rulesWith = (limit: number): AuditRules => ({
  ...auditRules,
  frameworks: [],
  checks: [
    defineCheck({
      id: 'pg-day',
      catalogue: ['X-001'],
      title: text,
      severity: 'low',
      rationale: text,
      remediation: text,
      fix: ['wait'],
      needs: ['pg.settings'],
      params: {},
      evaluate(facts) {
        const day = Number(Object.entries(facts['pg.settings']).find(([key]) => key === 'day')?.[1]);
        const evidence = {
          fact: 'pg.settings' as const,
          at: 'day',
          actual: String(day),
          expected: text,
          sql: 'SELECT 1',
        };
        return day <= limit ? pass(text, evidence) : fail(text, evidence);
      },
    }),
  ],
});

it('an old run judged by newer rules gets a record of its own that names the rules of both times', async () => {
  const store = folderStore(directory);
  const then = rulesWith(9);
  for (const day of [2, 5]) {
    const sealed = sealRun(snapshotOfDay(day), emptyEvaluation);
    await fileRun(store, sealed);
    const findings = evaluate(then.checks, snapshotOfDay(day), { params: {}, files: sealed.manifest.files });
    expect(findings.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
    await recordRun(store, sealed.manifest, findings, plainFiling);
  }
  const newer = { ...plainFiling, rules: { version: '2', sha256: '2'.repeat(64) } };
  const { record, before, after } = await reevaluate(store, 'pg-test', runIdOf(5), rulesWith(3), newer);
  expect(record).toMatchObject({ kind: 'reevaluation', sequence: 3, rules: { version: '2' } });
  expect(record.of).toMatchObject({ sequence: 2, rules: { version: '1' } });
  expect([before['pg-day/pg-test-1'], after['pg-day/pg-test-1']]).toEqual(['pass', 'fail']);
  expect(record.outcomes.changes).toEqual({
    'pg-day/pg-test-1': 'fail',
    'pg-day/pg-test-2': 'fail',
    'pg-day/pg-test-3': 'fail',
  });
  const history = await readHistory(store, 'pg-test');
  expect(history.reevaluations).toMatchObject([{ sequence: 3, runId: runIdOf(5), rulesThen: { version: '1' } }]);
  // What happened to the cluster is not what a newer rule thinks of it.
  expect(history.findings.get('pg-day/pg-test-1')?.outcome).toBe('pass');
  const everything = { keys: new Map(), requireSignatures: false, evidence: true };
  expect(await verifyCluster(store, 'pg-test', everything)).toMatchObject({
    problems: [],
    notes: [],
    records: 3,
    runs: 2,
  });
});
