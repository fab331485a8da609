import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCode, findNearest, RuntimeError, type CommandContext, type CommandSpec } from '@pgattest/runtime';
import { loadAuditConfig } from '../config/load.ts';
import { explainFinding } from '../explain.ts';
import { auditRules } from '../rules.ts';
import { findLatestRun, reviewRun, type AuditRun } from '../run.ts';
import { findText } from './source.ts';

/** `pgattest audit explain`: why one finding is what it is. */
export const explainCommand: CommandSpec = {
  name: 'explain',
  summary: 'explain a finding',
  example: 'pgattest audit explain pg-tls-required/pg-demo-1',
  arguments: [{ syntax: '<finding>', summary: 'finding id: <check>/<instance or cluster>' }],
  options: [
    { flags: '--evidence <dir>', summary: 'evidence folder of a run; the newest run by default' },
    {
      flags: '-c, --config <file>',
      summary: 'configuration file that says where evidence is',
      env: 'PGATTEST_AUDIT_CONFIG',
    },
    { flags: '--evidence-dir <dir>', summary: 'folder that keeps evidence', env: 'PGATTEST_EVIDENCE_DIR' },
    { flags: '--lang <language>', summary: 'language', choices: ['en', 'zh'], env: 'PGATTEST_LANG' },
    { flags: '--json', summary: 'print the finding as JSON' },
  ],
  async run({ args, options, stdout }) {
    const id = args[0] ?? '';
    const runs = await findRuns(options);
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
async function findRuns(options: CommandContext['options']): Promise<readonly AuditRun[]> {
  const named = findText(options, 'evidence');
  if (named !== undefined) return [await reviewRun(resolve(named), auditRules)];
  const directory = await evidenceDirOf(options);
  const clusters = await readdir(directory).catch(() => []);
  const runs: AuditRun[] = [];
  for (const cluster of clusters.toSorted((a, b) => (a < b ? -1 : 1))) {
    const folder = await findLatestRun(directory, cluster);
    if (folder !== undefined) runs.push(await reviewRun(folder, auditRules));
  }
  if (runs.length > 0) return runs;
  throw new RuntimeError(
    'usage',
    `there is no evidence in ${directory}; run "pgattest audit run", or name a folder with --evidence`,
  );
}

async function evidenceDirOf(options: CommandContext['options']): Promise<string> {
  const flag = findText(options, 'evidenceDir');
  if (flag !== undefined) return resolve(flag);
  const file = findText(options, 'config');
  return file === undefined ? resolve('evidence') : (await loadAuditConfig(file, auditRules)).evidence_dir;
}
