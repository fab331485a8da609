import { resolve } from 'node:path';
import { exitCode, findNearest, RuntimeError, type CommandContext, type CommandSpec } from '@pgattest/runtime';
import { findNewestRun } from '../evidence/chain.ts';
import { explainFinding } from '../explain.ts';
import { auditRules } from '../rules.ts';
import { reviewRun, reviewStoredRun, type AuditRun } from '../run.ts';
import { evidenceOptions, withStore } from './evidence-source.ts';
import { findText } from './source.ts';

/** `pgattest audit explain`: why one finding is what it is. */
export const explainCommand: CommandSpec = {
  name: 'explain',
  summary: 'explain a finding',
  example: 'pgattest audit explain pg-tls-required/pg-demo-1',
  arguments: [{ syntax: '<finding>', summary: 'finding id: <check>/<instance or cluster>' }],
  options: [
    { flags: '--evidence <dir>', summary: 'evidence folder of a run; the newest run by default' },
    ...evidenceOptions,
    { flags: '--lang <language>', summary: 'language', choices: ['en', 'zh'], env: 'PGATTEST_LANG' },
    { flags: '--json', summary: 'print the finding as JSON' },
  ],
  async run(context) {
    const { args, options, stdout } = context;
    const id = args[0] ?? '';
    const runs = await findRuns(context);
    for (const run of runs) {
      const finding = run.assessment.findings.find((candidate) => candidate.id === id);
      if (finding === undefined) continue;
      const language = findText(options, 'lang') === 'zh' ? 'zh' : 'en';
      stdout.write(
        options['json'] === true
          ? `${JSON.stringify({ schemaVersion: 1, runId: run.snapshot.runId, finding }, null, 2)}\n`
          : explainFinding(run, finding, auditRules, language),
      );
      return exitCode.ok;
    }
    const known = runs.flatMap(({ assessment }) => assessment.findings.map((finding) => finding.id));
    const nearest = findNearest(id, known);
    const hint = nearest === undefined ? 'the report lists the ids' : `did you mean ${nearest}?`;
    throw new RuntimeError('usage', `there is no finding ${id}; ${hint}`);
  },
};

/** The run that was named, or the newest one of every cluster that has evidence. */
async function findRuns(context: CommandContext): Promise<readonly AuditRun[]> {
  const named = findText(context.options, 'evidence');
  if (named !== undefined) return [await reviewRun(resolve(named), auditRules)];
  return withStore(context, undefined, async (store) => {
    const runs: AuditRun[] = [];
    for (const cluster of await store.clusters()) {
      const runId = await findNewestRun(store, cluster);
      if (runId !== undefined) runs.push(await reviewStoredRun(store, cluster, runId, auditRules));
    }
    if (runs.length > 0) return runs;
    throw new RuntimeError(
      'usage',
      `there is no evidence in ${store.name}; run "pgattest audit run", or name a folder with --evidence`,
    );
  });
}
