import { basename, dirname, resolve } from 'node:path';
import { version } from '@pgattest/runtime';
import { assess, type Assessment } from './assess.ts';
import { observeAttestations } from './attest/observe.ts';
import { collect, type LiveProbe } from './collect.ts';
import type { AuditSettings } from './settings.ts';
import type { EvaluationConfig } from './evaluation.ts';
import { fileRun, recordRun } from './evidence/file-run.ts';
import { findRunRecord } from './evidence/find-run-record.ts';
import { folderStore } from './evidence/folder-store.ts';
import { readLastRun } from './evidence/last-run.ts';
import { readRun, readRunFrom, storeSource, type FiledRun } from './evidence/read.ts';
import type { SealedRecord } from './evidence/record.ts';
import { sealRun } from './evidence/seal.ts';
import type { EvidenceStore } from './evidence/store.ts';
import { findPrevious, openFiling, type OpenFiling } from './filing.ts';
import type { DeclaredCluster } from './inventory/declared.ts';
import { discover } from './inventory/discover.ts';
import { findMembers } from './inventory/find-members.ts';
import { programDir } from './program-dir.ts';
import { reportOf } from './report-files.ts';
import { placedInChain } from './report/chain-place.ts';
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
  /** Told before a live probe starts. */
  readonly onLive?: (live: LiveProbe) => void;
  /** Asked before evidence is filed, and again before it becomes part of the chain; rejects when it must not. */
  readonly beforeFiling?: () => Promise<void>;
  /** Told when the run before cannot be compared with, and why. */
  readonly onNote?: (note: string) => void;
}

/** One audit of one cluster, filed and judged. */
export interface AuditRun extends FiledRun {
  readonly assessment: Assessment;
  readonly report: Report;
  /** Where the evidence of this run is: a folder, or its place in another store. */
  readonly folder: string;
  /** Its place in the chain of the cluster; undefined when evidence was only looked at. */
  readonly sealed?: SealedRecord;
}

/**
 * Audits one cluster: discover, probe, file the evidence, judge, build the report. What cannot be reached becomes part of the
 * result; it rejects only when interrupted, when the declaration is wrong or when evidence cannot be filed.
 */
export async function runAudit(cluster: DeclaredCluster, options: RunOptions): Promise<AuditRun> {
  const filing = await openFiling(options);
  try {
    return await auditInto(filing, cluster, options);
  } finally {
    await filing.store.close();
  }
}

async function auditInto(filing: OpenFiling, cluster: DeclaredCluster, options: RunOptions): Promise<AuditRun> {
  const { settings, rules, signal, now } = options;
  const { store } = filing;
  let last: ReturnType<typeof readLastRun> | undefined;
  const auditor = {
    rules: filing.rules,
    programDir: programDir(),
    // Two probes ask; it is read and verified once.
    previousRun: () => (last ??= readLastRun(store, cluster.name)),
  };
  const surroundings = { env: options.env, evidenceDir: settings.evidenceDir, auditor };
  const inventory = await discover(await findMembers(cluster, surroundings, signal), surroundings);
  const snapshot = await collect(inventory, {
    probes: rules.probes,
    concurrency: settings.concurrency,
    connectTimeoutMs: settings.connectTimeoutMs,
    probeTimeoutMs: settings.probeTimeoutMs,
    lockTimeoutMs: settings.lockTimeoutMs,
    runTimeoutMs: settings.runTimeoutMs,
    livePauseMs: settings.livePauseMs,
    runId: newRunId(now()),
    tool: { name: 'pgattest', version },
    now,
    signal,
    ...(options.onObservation === undefined ? {} : { onObservation: options.onObservation }),
    ...(options.onLive === undefined ? {} : { onLive: options.onLive }),
  });
  const previous = await findPrevious(store, cluster.name, rules, options.onNote);
  const evaluation: EvaluationConfig = {
    ...settings.evaluation,
    attestations: await observeAttestations(cluster.name, settings),
    ...(previous === undefined ? {} : { previous }),
  };
  const sealed = sealRun(snapshot, evaluation);
  await options.beforeFiling?.();
  await fileRun(store, sealed);
  const judged = judgeRun({ snapshot, manifest: sealed.manifest, evaluation }, rules);
  await options.beforeFiling?.();
  const record = await recordRun(store, sealed.manifest, judged.assessment.findings, filing);
  return {
    ...judged,
    report: placedInChain(judged.report, record),
    folder: store.placeOfRun(cluster.name, snapshot.runId),
    sealed: record,
  };
}

/** The same judgement and report from evidence that was filed before. Errors: EvidenceError when it is not intact. */
export async function reviewRun(folder: string, rules: AuditRules): Promise<AuditRun> {
  const judged = judgeRun(await readRun(folder), rules);
  const parent = dirname(resolve(folder));
  // In a store its record lies beside the run; a copy elsewhere has none, and its report says so.
  const isStored = basename(resolve(folder)) === judged.snapshot.runId && basename(parent) === judged.snapshot.cluster;
  return { ...(isStored ? await placed(judged, folderStore(dirname(parent))) : judged), folder };
}

/** The run with the place that the chain of its store gives it. */
async function placed<R extends Omit<AuditRun, 'folder'>>(judged: R, store: EvidenceStore): Promise<R> {
  const { cluster, runId } = judged.snapshot;
  const sealed = await findRunRecord(store, cluster, { runId, digest: judged.manifest.digest });
  return { ...judged, report: placedInChain(judged.report, sealed) };
}

function judgeRun(run: FiledRun, rules: AuditRules): Omit<AuditRun, 'folder'> {
  const assessment = assess(run.snapshot, run.manifest, run.evaluation, rules);
  return { ...run, assessment, report: reportOf(run, assessment, rules) };
}

/** The same for a run of a store. Errors: EvidenceError. */
export async function reviewStoredRun(
  store: EvidenceStore,
  cluster: string,
  runId: string,
  rules: AuditRules,
): Promise<AuditRun> {
  const run = await readRunFrom(storeSource(store, cluster, runId));
  return { ...(await placed(judgeRun(run, rules), store)), folder: store.placeOfRun(cluster, runId) };
}
