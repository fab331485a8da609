import { join } from 'node:path';
import { version } from '@pgattest/runtime';
import { assess, type Assessment } from './assess.ts';
import { collect } from './collect.ts';
import type { AuditSettings } from './settings.ts';
import type { EvaluationConfig, PreviousRun } from './evaluation.ts';
import { EvidenceError } from './evidence/errors.ts';
import { readRun, type FiledRun } from './evidence/read.ts';
import { sealRun } from './evidence/seal.ts';
import { listRuns, writeRun } from './evidence/write.ts';
import { discover, type DeclaredCluster } from './inventory/discover.ts';
import { renderReportFiles, reportOf } from './report-files.ts';
import type { Report } from './report/model.ts';
import type { AuditRules } from './rules.ts';
import { newRunId } from './run-id.ts';
import type { ObservationRecord } from './snapshot.ts';

export interface RunOptions {
  readonly settings: AuditSettings;
  readonly rules: AuditRules;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onObservation?: (record: ObservationRecord) => void;
  /** Told when the run before cannot be compared with, and why. */
  readonly onNote?: (note: string) => void;
}

/** One audit of one cluster, filed and judged. */
export interface AuditRun extends FiledRun {
  readonly assessment: Assessment;
  readonly report: Report;
  /** Evidence folder of this run. */
  readonly folder: string;
}

/**
 * Audits one cluster: discover, probe, file the evidence, judge, build the report. What cannot be reached becomes part of the
 * result; it rejects only when interrupted, when the declaration is wrong or when evidence cannot be filed.
 */
export async function runAudit(cluster: DeclaredCluster, options: RunOptions): Promise<AuditRun> {
  const { settings, rules, signal, now } = options;
  const inventory = await discover(cluster, options.env);
  const snapshot = await collect(inventory, {
    probes: rules.probes,
    concurrency: settings.concurrency,
    connectTimeoutMs: settings.connectTimeoutMs,
    probeTimeoutMs: settings.probeTimeoutMs,
    lockTimeoutMs: settings.lockTimeoutMs,
    runId: newRunId(now()),
    tool: { name: 'pgattest', version },
    now,
    signal,
    ...(options.onObservation === undefined ? {} : { onObservation: options.onObservation }),
  });
  const previous = await findPrevious(cluster.name, options);
  const evaluation: EvaluationConfig = {
    ...settings.evaluation,
    ...(previous === undefined ? {} : { previous }),
  };
  const sealed = sealRun(snapshot, evaluation);
  const folder = await writeRun(settings.evidenceDir, sealed);
  return { ...judgeRun({ snapshot, manifest: sealed.manifest, evaluation }, rules), folder };
}

/** The same judgement and report from evidence that was filed before. Errors: EvidenceError when it is not intact. */
export async function reviewRun(folder: string, rules: AuditRules): Promise<AuditRun> {
  return { ...judgeRun(await readRun(folder), rules), folder };
}

function judgeRun(run: FiledRun, rules: AuditRules): Omit<AuditRun, 'folder'> {
  const assessment = assess(run.snapshot, run.manifest, run.evaluation, rules);
  return { ...run, assessment, report: reportOf(run, assessment, rules) };
}

/** Evidence folder of the newest run of a cluster. */
export async function findLatestRun(evidenceDir: string, cluster: string): Promise<string | undefined> {
  const runId = (await listRuns(evidenceDir, cluster)).at(-1);
  return runId === undefined ? undefined : join(evidenceDir, cluster, runId);
}

/** Outcomes of the newest run, judged by today's rules so that only what happened to the cluster shows as a change. */
async function findPrevious(
  cluster: string,
  { settings, rules, onNote }: RunOptions,
): Promise<PreviousRun | undefined> {
  try {
    const folder = await findLatestRun(settings.evidenceDir, cluster);
    if (folder === undefined) return undefined;
    const run = await readRun(folder);
    const { findings } = assess(run.snapshot, run.manifest, run.evaluation, rules);
    return { runId: run.snapshot.runId, findings: findings.map(({ id, outcome }) => ({ id, outcome })) };
  } catch (cause) {
    if (!(cause instanceof EvidenceError)) throw cause;
    onNote?.(`no comparison with the run before: ${cause.message}`);
    return undefined;
  }
}

/** Report files of a run by name; the same run gives the same bytes. */
export const filesOf = (run: AuditRun): ReadonlyMap<string, string> =>
  renderReportFiles(run.report, run.evaluation.languages);
